package io.retort.datasets.logits;

/**
 * The teacher as a manifest names it.
 *
 * @param name what a person calls it
 * @param digest 64 lower-case hex digits that stand for its weights and numerics
 * @param contextTokens tokens it can read at once, the begin-of-sequence token included
 */
public record TeacherReference(String name, String digest, int contextTokens) {
    public TeacherReference {
        ShardOrigin.requireDigest("teacher", digest);
        if (contextTokens < 2) {
            throw new IllegalArgumentException("expected a context of at least 2 tokens, found " + contextTokens);
        }
    }
}
