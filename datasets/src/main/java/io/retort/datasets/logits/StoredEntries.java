package io.retort.datasets.logits;

/**
 * The stored entries of consecutive positions, one after another. Arrays are shared with the caller and must not be
 * changed.
 *
 * @param counts entries of each position, 0 to 255
 * @param ids token ids, position after position; within a position in ascending order
 * @param codes {@link QuantisedLogProbability} codes, unsigned, as many as {@code ids}
 * @param tailMass for each position the probability of all tokens that are not stored, 0 to 1, rounded to eight
 *     significant bits
 */
public record StoredEntries(int[] counts, int[] ids, byte[] codes, float[] tailMass) {
    public StoredEntries {
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 0 || counts[i] > EntrySelection.LIMIT) {
                throw new IllegalArgumentException(
                        "expected 0 to " + EntrySelection.LIMIT + " entries at position " + i + ", found " + counts[i]);
            }
            total += counts[i];
        }
        if (ids.length != total || codes.length != total) {
            throw new IllegalArgumentException("expected " + total + " ids and codes, as the counts say, found "
                    + ids.length + " ids and " + codes.length + " codes");
        }
        if (tailMass.length != counts.length) {
            throw new IllegalArgumentException("expected " + counts.length + " tail masses, found " + tailMass.length);
        }
        for (int i = 0; i < tailMass.length; i++) {
            if (!(tailMass[i] >= 0 && tailMass[i] <= 1)) {
                throw new IllegalArgumentException(
                        "expected a tail mass from 0 to 1 at position " + i + ", found " + tailMass[i]);
            }
        }
    }

    /** How many positions there are. */
    public int positions() {
        return counts.length;
    }

    /** Where each position's entries start, and after the last position where they end: positions + 1 values. */
    public int[] starts() {
        int[] starts = new int[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            starts[i + 1] = starts[i] + counts[i];
        }
        return starts;
    }
}
