package io.retort.datasets.logits;

import java.util.regex.Pattern;

/**
 * What all shards of a dataset have in common, and what their content depends on besides the chunks.
 *
 * @param teacherDigest 64 lower-case hex digits that stand for the teacher's weights and numerics
 * @param tokenizerDigest 64 lower-case hex digits that stand for its tokenizer
 * @param settings what is stored and how
 */
public record ShardOrigin(String teacherDigest, String tokenizerDigest, LogitSettings settings) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ShardOrigin {
        requireDigest("teacher", teacherDigest);
        requireDigest("tokenizer", tokenizerDigest);
    }

    static void requireDigest(String what, String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException(
                    "expected a " + what + " digest of 64 lower-case hex digits, found \"" + digest + "\"");
        }
    }
}
