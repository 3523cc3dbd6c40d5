package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;

/**
 * A decoder-only language model. Everything a pass makes belongs to the manager of the ids it is given, so closing that
 * one frees the pass. Weights are only read: one model serves any number of threads, each with managers of its own.
 */
public interface CausalModel {
    /** The number of token ids. */
    int vocabularySize();

    /** The longest sequence, beginning-of-sequence included. */
    int contextTokens();

    /** The id in front of every sequence. */
    int bos();

    /** The id that ends a document. */
    int eos();

    /** Positions of one pass where sequences are many; a megabyte or few an activation, which stay in cache. */
    default int passPositions() {
        return 2048;
    }

    /**
     * Hidden states of whole sequences, ready for {@link #logits}.
     *
     * @param ids int64 {@code [batch, time]}, padded on the right with any id: causality keeps padding from mattering
     * @return {@code [batch · time, model]}
     */
    NDArray hidden(NDArray ids);

    /** Unnormalised log-probabilities: {@code [n, model]} to {@code [n, vocabulary]}. */
    NDArray logits(NDArray hidden);
}
