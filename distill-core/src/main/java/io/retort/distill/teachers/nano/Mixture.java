package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * Weights of a mixture of experts.
 *
 * @param router {@code [experts, model]}
 * @param bias {@code [experts]}, added to the scores for choosing only
 * @param experts the routed experts
 * @param shared what every token visits as well
 */
record Mixture(NDArray router, NDArray bias, List<GatedMlp> experts, Optional<GatedMlp> shared)
        implements FeedForward {}
