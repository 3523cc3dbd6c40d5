package io.retort.jobs.teach;

import io.retort.datasets.logits.ShardKey;

/**
 * Where a shard belongs.
 *
 * @param path relative to the dataset
 * @param key of the shard
 * @param source what it is made from, see {@link DatasetFiles#source}
 */
record ShardPlace(String path, ShardKey key, String source) {
    static ShardPlace of(String domain, String source, ShardScoring.Tokenised tokenised) {
        return new ShardPlace(DatasetFiles.path(domain, tokenised.key()), tokenised.key(), source);
    }
}
