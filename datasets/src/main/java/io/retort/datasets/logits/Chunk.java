package io.retort.datasets.logits;

import java.util.Arrays;

/**
 * A run of a document's tokens as one sequence for the teacher: first tokens that only give context because an earlier
 * chunk scores them, then the tokens that this chunk scores. Arrays are shared with the caller and must not be changed.
 *
 * @param origin the document and the chunk's index
 * @param ids token ids to give to the teacher, without a begin-of-sequence token
 * @param scoredFrom position in {@code ids} of the first token that this chunk scores
 * @param byteOffsets for each scored token the offset of its first byte in the document's UTF-8 text
 */
public record Chunk(ChunkOrigin origin, int[] ids, int scoredFrom, int[] byteOffsets) {
    public Chunk {
        if (scoredFrom < 0 || scoredFrom >= ids.length) {
            throw new IllegalArgumentException(
                    origin + ": expected scored tokens among " + ids.length + ", found the first at " + scoredFrom);
        }
        if (byteOffsets.length != ids.length - scoredFrom) {
            throw new IllegalArgumentException(
                    origin + ": expected " + (ids.length - scoredFrom) + " byte offsets, found " + byteOffsets.length);
        }
    }

    /** How many tokens this chunk scores. */
    public int scoredCount() {
        return byteOffsets.length;
    }

    /** The ids of the scored tokens, a copy. */
    public int[] scoredIds() {
        return Arrays.copyOfRange(ids, scoredFrom, ids.length);
    }

    /** SHA-256 over origin, ids and the range that is scored. */
    String digest() {
        CanonicalDigest digest = new CanonicalDigest();
        LogitRow.addOrigin(digest, origin);
        return digest.add(ids).add(scoredFrom).add(byteOffsets).hex();
    }
}
