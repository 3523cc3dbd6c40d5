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

    /**
     * Hidden states of whole sequences, ready for {@link #logits}.
     *
     * @param ids int64 {@code [batch, time]}, padded on the right with any id: causality keeps padding from mattering
     * @return {@code [batch · time, model]}
     */
    NDArray hidden(NDArray ids);

    /** Unnormalised log-probabilities: {@code [n, model]} to {@code [n, vocabulary]}. */
    NDArray logits(NDArray hidden);

    /**
     * An empty cache for a batch.
     *
     * @param promptLengths tokens of each row's prompt, beginning-of-sequence included
     * @param newTokens how many tokens can follow the longest prompt
     */
    TokenCache cache(int[] promptLengths, int newTokens);

    /**
     * The pass over the prompts of a batch that {@link #step} continues.
     *
     * @param ids int64 {@code [rows, time]}, padded on the right
     * @param cache an empty cache of these rows
     * @return {@code [rows · time, model]}
     */
    NDArray prefill(NDArray ids, TokenCache cache);

    /**
     * Hidden states of one more token a row, which the cache keeps.
     *
     * @param ids int64 {@code [rows]}
     * @return {@code [rows, model]}
     */
    NDArray step(NDArray ids, TokenCache cache);
}
