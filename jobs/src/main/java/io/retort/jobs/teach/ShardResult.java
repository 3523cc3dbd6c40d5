package io.retort.jobs.teach;

import io.retort.datasets.logits.ManifestShard;
import io.retort.datasets.logits.QuarantineReason;
import io.retort.datasets.logits.ShardKey;
import io.retort.datasets.logits.ShardSummary;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a task tells the driver of one shard, in a form that Spark can carry.
 *
 * @param path relative to the dataset
 * @param key digest of what the shard was made from
 * @param counts rows, tokens and bytes
 * @param quarantined chunks without a row, by reason
 * @param rowDigest of its content
 * @param fileDigest of its file
 * @param unscored documents that never reached the teacher, by reason
 * @param cost what the teacher did, in this run or the one that made the shard
 * @param making how this run came to it
 */
record ShardResult(
        String path,
        String key,
        Counts counts,
        Map<QuarantineReason, Integer> quarantined,
        String rowDigest,
        String fileDigest,
        Map<QuarantineReason, Integer> unscored,
        ShardCost cost,
        ShardMaking making)
        implements Serializable {

    /**
     * Sizes of a shard.
     *
     * @param fileBytes of its file
     */
    record Counts(int rows, long tokens, long textBytes, long fileBytes) implements Serializable {}

    static ShardResult of(
            String path,
            ShardSummary summary,
            Map<QuarantineReason, Integer> unscored,
            ShardCost cost,
            ShardMaking making) {
        return new ShardResult(
                path,
                summary.key().digest(),
                new Counts(summary.rows(), summary.tokens(), summary.textBytes(), summary.fileBytes()),
                copy(summary.quarantined()),
                summary.rowDigest(),
                summary.fileDigest(),
                copy(unscored),
                cost,
                making);
    }

    private static Map<QuarantineReason, Integer> copy(Map<QuarantineReason, Integer> counts) {
        EnumMap<QuarantineReason, Integer> copy = new EnumMap<>(QuarantineReason.class);
        copy.putAll(counts);
        return copy;
    }

    ManifestShard manifestShard() {
        return new ManifestShard(
                path,
                new ShardSummary(
                        new ShardKey(key),
                        counts.rows(),
                        counts.tokens(),
                        counts.textBytes(),
                        quarantined,
                        rowDigest,
                        fileDigest,
                        counts.fileBytes()));
    }
}
