package io.retort.distill.routing;

import io.retort.inference.routing.Calibration;
import java.util.Arrays;

/** The threshold beyond which a prompt counts as unknown. */
final class UnknownThreshold {
    private UnknownThreshold() {}

    /**
     * Returns the calibration whose threshold a new prompt, one like those scored, passes with a probability of at most {@code
     * rate}: of n scores the ⌈(1 − rate)(n + 1)⌉-th smallest (the quantile of split conformal prediction; Vovk, Gammerman and
     * Shafer, 2005); none where n is too small for that.
     *
     * @param scores of known prompts that the router was not trained on
     */
    static Calibration of(double[] scores, double rate) {
        int rank = (int) Math.ceil((1 - rate) * (scores.length + 1));
        if (rank > scores.length) {
            return Calibration.NONE;
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return new Calibration(1, sorted[rank - 1], rate);
    }
}
