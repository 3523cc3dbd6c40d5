package io.retort.distill.teachers.exported;

import ai.djl.ndarray.NDArray;

/** A whole model as one function of token ids. Safe for use by several threads. */
@FunctionalInterface
public interface TokenGraph {
    /**
     * Computes logits.
     *
     * @param ids int64 {@code [batch, positions]}
     * @return what the model gives, unchecked, of any engine, in the manager of the ids
     */
    NDArray logits(NDArray ids);
}
