package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import io.retort.distill.teachers.causal.Kernels;

/**
 * A feed-forward network with a gate: a dense layer, one routed expert or the shared experts.
 *
 * @param gate {@code [width, model]}
 * @param up {@code [width, model]}
 * @param down {@code [model, width]}
 */
record GatedMlp(NDArray gate, NDArray up, NDArray down) implements FeedForward {
    /** The network's output for x, {@code [n, model]}. */
    NDArray apply(NDArray x) {
        return Kernels.gated(x, gate, up, down);
    }
}
