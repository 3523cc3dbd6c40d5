package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;

/** Takes what a cache needs of a whole pass. */
@FunctionalInterface
public interface TokenSink {
    /** Keeps nothing. */
    TokenSink NONE = (layer, first, second) -> {};

    /** What a layer keeps of each token: {@code [batch, time, firstWidth]} and {@code [batch, time, secondWidth]}. */
    void keep(int layer, NDArray first, NDArray second);
}
