package io.retort.datasets.logits;

import java.util.List;

/**
 * The name of a shard before it is written: a digest of all that its content depends on, so that a shard that is there
 * need not be computed again, and one made of anything else has another name.
 *
 * @param digest 64 lower-case hex digits over the chunk list, the teacher, the tokenizer, the format and the settings
 */
public record ShardKey(String digest) {
    public ShardKey {
        ShardOrigin.requireDigest("shard", digest);
    }

    /** The key of the shard that will hold these chunks in this order. */
    public static ShardKey of(List<Chunk> chunks, ShardOrigin origin) {
        CanonicalDigest digest = begun(origin).add(chunks.size());
        for (Chunk chunk : chunks) {
            digest.add(chunk.digest());
        }
        return new ShardKey(digest.hex());
    }

    /** The key of the shard of documents of which none has a chunk: what was refused takes the chunks' place. */
    public static ShardKey ofRefused(List<QuarantineRow> refused, ShardOrigin origin) {
        CanonicalDigest digest = begun(origin).add(0);
        for (QuarantineRow row : refused) {
            digest.add(row.origin().documentId());
        }
        return new ShardKey(digest.hex());
    }

    private static CanonicalDigest begun(ShardOrigin origin) {
        return new CanonicalDigest()
                .add(origin.teacherDigest())
                .add(origin.tokenizerDigest())
                .add(origin.settings().canonical());
    }

    /** The name of the shard's file: {@code shard-<first 32 digits>.parquet}. */
    public String fileName() {
        return "shard-" + digest.substring(0, 32) + ".parquet";
    }
}
