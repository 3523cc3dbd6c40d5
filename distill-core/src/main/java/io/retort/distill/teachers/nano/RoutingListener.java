package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;

/** Is told which experts a pass chose: balancing during training and the analysis of a model need it. */
@FunctionalInterface
public interface RoutingListener {
    /** Listens to nothing. */
    RoutingListener NONE = (layer, experts, weights) -> {};

    /**
     * One layer has chosen.
     *
     * @param layer the layer's number
     * @param experts the chosen experts, {@code perToken} in a row for each token
     * @param weights what they are weighed with, {@code [tokens, perToken]}; belongs to the pass
     */
    void routed(int layer, long[] experts, NDArray weights);

    /**
     * What a layer's experts are about to compute on; {@link #routed} follows.
     *
     * @param layer the layer's number
     * @param inputs {@code [tokens, model]}; belongs to the pass
     */
    default void entered(int layer, NDArray inputs) {}
}
