package io.retort.eval.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's step-down correction of several p-values (Holm, 1979): the chance of any false alarm stays below the level. */
public final class Holm {
    private Holm() {}

    /**
     * Adjusts the p-values of one family of tests.
     *
     * @param pValues probabilities; NaN marks a test that was not made and stays NaN
     * @return the adjusted p-values in the same order
     */
    public static double[] adjust(double[] pValues) {
        int[] ascending = IntStream.range(0, pValues.length)
                .filter(i -> !Double.isNaN(pValues[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        Arrays.fill(adjusted, Double.NaN);
        double largest = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            largest = Math.max(largest, (ascending.length - rank) * pValues[ascending[rank]]);
            adjusted[ascending[rank]] = Math.min(1, largest);
        }
        return adjusted;
    }
}
