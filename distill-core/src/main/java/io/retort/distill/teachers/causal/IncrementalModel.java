package io.retort.distill.teachers.causal;

import ai.djl.ndarray.NDArray;

/** A model that goes on behind what it has read, without reading it again. */
public interface IncrementalModel extends CausalModel {
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
