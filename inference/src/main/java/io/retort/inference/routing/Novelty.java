package io.retort.inference.routing;

/**
 * How foreign a prompt is to a router.
 *
 * @param score −ln Σ exp(logit) over the experts, greater where no expert's logit is large (the energy of Liu et al.,
 *     "Energy-based out-of-distribution detection", 2020, equation 4)
 * @param threshold of the router's {@link Calibration}
 */
public record Novelty(double score, double threshold) {
    /** Returns whether the prompt is beyond the threshold: of a domain that no expert knows. */
    public boolean isUnknown() {
        return score > threshold;
    }
}
