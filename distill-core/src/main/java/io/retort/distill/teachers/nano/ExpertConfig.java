package io.retort.distill.teachers.nano;

import io.retort.distill.teachers.causal.Sizes;

/**
 * Sizes and rules of the mixture of experts.
 *
 * @param routed number of experts the router chooses from; 0 for a model without a mixture
 * @param perToken how many of them each token visits
 * @param shared number of experts that every token visits, computed as one of that many times the width
 * @param width hidden width of one expert
 * @param scaling factor on the chosen experts' weights
 * @param weighting whether the chosen experts' scores are normalised to sum to one
 */
public record ExpertConfig(int routed, int perToken, int shared, int width, double scaling, Weighting weighting) {
    /** What becomes of the chosen experts' scores before they weigh the experts' outputs. */
    public enum Weighting {
        /** Divided by their sum. */
        NORMALISED,
        /** Taken as they are. */
        RAW
    }

    /** Checks that every size is possible. */
    public ExpertConfig {
        Sizes.requireNotNegative("n_routed_experts", routed);
        Sizes.requireNotNegative("n_shared_experts", shared);
        if (routed > 0) {
            Sizes.requirePositive("moe_intermediate_size", width);
            if (perToken < 1 || perToken > routed) {
                throw new IllegalArgumentException(
                        "num_experts_per_tok: expected 1 to " + routed + " (n_routed_experts), found " + perToken);
            }
            if (!(scaling > 0) || Double.isInfinite(scaling)) {
                throw new IllegalArgumentException(
                        "routed_scaling_factor: expected a positive number, found " + scaling);
            }
        }
    }
}
