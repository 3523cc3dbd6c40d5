package io.retort.distill.teachers.nano;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Weights of one layer's attention.
 *
 * @param compression how queries are compressed first, where they are
 * @param query {@code [heads · (nope + rope), model]}, or {@code [heads · (nope + rope), queryRank]} after compression
 * @param latent {@code [latentRank + rope, model]}, "kv_a_proj_with_mqa"
 * @param latentNorm {@code [latentRank]}
 * @param expansion {@code [heads · (nope + value), latentRank]}, "kv_b_proj"
 * @param output {@code [model, heads · value]}
 */
record AttentionWeights(
        Optional<Compression> compression,
        NDArray query,
        NDArray latent,
        NDArray latentNorm,
        NDArray expansion,
        NDArray output) {
    /**
     * The query's compression.
     *
     * @param projection {@code [queryRank, model]}
     * @param norm {@code [queryRank]}
     */
    record Compression(NDArray projection, NDArray norm) {}
}
