package io.retort.distill.analysis;

import java.util.Arrays;

/**
 * How evenly a layer's experts share the work.
 *
 * @param largestOverMean the busiest expert's load over the mean load; 1 is even
 * @param smallestOverMean the idlest expert's
 * @param variation standard deviation of the loads over their mean
 * @param effectiveExperts 2 to the entropy (in bits) of the loads' shares: between 1 and the number of experts
 * @param unused experts that nothing chose
 */
public record LoadBalance(
        double largestOverMean, double smallestOverMean, double variation, double effectiveExperts, int unused) {

    /**
     * The balance of loads, in any unit.
     *
     * @throws IllegalArgumentException if there is no load at all
     */
    public static LoadBalance of(double[] loads) {
        double total = Arrays.stream(loads).sum();
        if (!(total > 0)) {
            throw new IllegalArgumentException(
                    "expected a load on at least one of " + loads.length + " experts, found " + total);
        }
        double mean = total / loads.length;
        double squares = 0;
        double entropy = 0;
        int unused = 0;
        for (double load : loads) {
            squares += (load - mean) * (load - mean);
            if (load > 0) {
                entropy -= load / total * Math.log(load / total);
            } else {
                unused++;
            }
        }
        return new LoadBalance(
                Arrays.stream(loads).max().orElse(0) / mean,
                Arrays.stream(loads).min().orElse(0) / mean,
                Math.sqrt(squares / loads.length) / mean,
                Math.exp(entropy),
                unused);
    }
}
