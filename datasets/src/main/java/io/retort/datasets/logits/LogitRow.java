package io.retort.datasets.logits;

/**
 * What a teacher says about one chunk: the scored tokens, their log-probabilities, and the most likely tokens at each.
 * Arrays are shared with the caller and must not be changed; equality is that of {@link #digest}, not of the record.
 *
 * @param origin the document and the chunk's index
 * @param tokenIds the scored tokens
 * @param byteOffsets offset of each token's first byte in the document's UTF-8 text, not descending
 * @param logProbabilities natural log-probability of each token given all before it in the chunk's sequence
 * @param entries the most likely tokens at each position
 */
public record LogitRow(
        ChunkOrigin origin, int[] tokenIds, int[] byteOffsets, float[] logProbabilities, StoredEntries entries) {
    public LogitRow {
        int count = tokenIds.length;
        if (count == 0) {
            throw new IllegalArgumentException(origin + ": expected a token, found none");
        }
        if (byteOffsets.length != count || logProbabilities.length != count || entries.positions() != count) {
            throw new IllegalArgumentException(origin + ": expected " + count
                    + " byte offsets, log-probabilities and positions, found " + byteOffsets.length + ", "
                    + logProbabilities.length + " and " + entries.positions());
        }
        for (int i = 0; i < count; i++) {
            if (tokenIds[i] < 0) {
                throw new IllegalArgumentException(
                        origin + ": expected a token id from 0 at position " + i + ", found " + tokenIds[i]);
            }
            if (byteOffsets[i] < (i == 0 ? 0 : byteOffsets[i - 1])) {
                throw new IllegalArgumentException(
                        origin + ": expected ascending byte offsets, found " + byteOffsets[i] + " at position " + i);
            }
            if (!(logProbabilities[i] <= 0) || Float.isInfinite(logProbabilities[i])) {
                throw new IllegalArgumentException(
                        origin + ": expected a finite log-probability of at most 0 at position " + i + ", found "
                                + logProbabilities[i]);
            }
        }
    }

    /** How many tokens the row scores. */
    public int tokens() {
        return tokenIds.length;
    }

    /** SHA-256 over all columns, 64 lower-case hex digits: equal rows have equal digests however they are stored. */
    public String digest() {
        CanonicalDigest digest = new CanonicalDigest();
        addOrigin(digest, origin);
        return digest.add(tokenIds)
                .add(byteOffsets)
                .add(logProbabilities)
                .add(entries.counts())
                .add(entries.ids())
                .add(entries.codes())
                .add(entries.tailMass())
                .hex();
    }

    static void addOrigin(CanonicalDigest digest, ChunkOrigin origin) {
        digest.add(origin.documentId())
                .add(origin.chunk())
                .add(origin.domain())
                .add(origin.split().label())
                .add(origin.textDigest())
                .add(origin.promptBytes());
    }
}
