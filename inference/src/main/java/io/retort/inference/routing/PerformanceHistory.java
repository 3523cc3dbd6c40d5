package io.retort.inference.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * How well each expert did lately, and how much that moves the router.
 *
 * <p>Of each expert the last {@code window} outcomes count, so memory is bounded and old outcomes are forgotten. An
 * expert's mean is taken as if {@value #PRIOR_OUTCOMES} outcomes of quality 1/2 had come first; its probability is
 * multiplied by 2^(mean − mean over all experts), which lies between 1/2 and 2: history tips a balance but overrules no
 * clear choice. Thread-safe.
 */
public final class PerformanceHistory {
    /** The weight of the prior, in outcomes. */
    public static final int PRIOR_OUTCOMES = 8;

    private static final double PRIOR_QUALITY = 0.5;

    /** Outcomes by expert, a ring each: [expert, window]. */
    private final double[][] qualities;

    private final long[] recorded;

    /** An empty history of {@code experts} experts that keeps {@code window} outcomes of each. */
    public PerformanceHistory(int experts, int window) {
        if (experts < 1 || experts > RouterConfig.MAX_EXPERTS || window < 1 || window > 1 << 16) {
            throw new IllegalArgumentException("expected 1 to " + RouterConfig.MAX_EXPERTS
                    + " experts and a window of 1 to 65536, found " + experts + " and " + window);
        }
        qualities = new double[experts][window];
        recorded = new long[experts];
    }

    /** Adds an outcome: {@code quality} from 0, a wrong answer, to 1, a right one. */
    public synchronized void record(int expert, double quality) {
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("expected a quality of 0 to 1, found " + quality);
        }
        double[] ring = qualities[expert];
        ring[(int) (recorded[expert]++ % ring.length)] = quality;
    }

    /** Returns what is known of each expert, in order, with the factor that follows. */
    public synchronized List<ExpertPerformance> explain() {
        double[] means = new double[qualities.length];
        double overall = 0;
        for (int e = 0; e < means.length; e++) {
            double sum = PRIOR_QUALITY * PRIOR_OUTCOMES;
            int outcomes = outcomes(e);
            for (int i = 0; i < outcomes; i++) {
                sum += qualities[e][i];
            }
            means[e] = sum / (PRIOR_OUTCOMES + outcomes);
            overall += means[e] / means.length;
        }
        List<ExpertPerformance> all = new ArrayList<>();
        for (int e = 0; e < means.length; e++) {
            all.add(new ExpertPerformance(e, outcomes(e), means[e], Math.pow(2, means[e] - overall)));
        }
        return all;
    }

    /** Returns {@code probabilities} times the experts' factors, normalised; the argument stays as it is. */
    public double[] adjust(double[] probabilities) {
        List<ExpertPerformance> all = explain();
        if (probabilities.length != all.size()) {
            throw new IllegalArgumentException(
                    "expected " + all.size() + " probabilities, found " + probabilities.length);
        }
        boolean untouched = true;
        for (ExpertPerformance performance : all) {
            untouched &= performance.outcomes() == 0;
        }
        if (untouched) {
            return probabilities.clone();
        }
        double[] adjusted = new double[probabilities.length];
        double sum = 0;
        for (int e = 0; e < adjusted.length; e++) {
            adjusted[e] = probabilities[e] * all.get(e).factor();
            sum += adjusted[e];
        }
        for (int e = 0; e < adjusted.length; e++) {
            adjusted[e] /= sum;
        }
        return adjusted;
    }

    private int outcomes(int expert) {
        return (int) Math.min(recorded[expert], qualities[expert].length);
    }
}
