package io.retort.datasets.logits;

import java.util.Arrays;

/** Collects the entries of consecutive positions in the order and precision of the format. Not thread-safe. */
final class StoredEntriesBuilder {
    private final int[] counts;
    private final float[] tailMass;
    private int[] ids;
    private byte[] codes;
    private int positions;
    private int entries;
    private long[] order = new long[64];

    StoredEntriesBuilder(int positions) {
        this.counts = new int[positions];
        this.tailMass = new float[positions];
        this.ids = new int[positions * 8];
        this.codes = new byte[positions * 8];
    }

    /** Adds an entry to the position that {@link #endPosition} will close. */
    void entry(int id, double logProbability) {
        int at = counts[positions]++;
        if (at == order.length) {
            order = Arrays.copyOf(order, 2 * at);
        }
        order[at] = (long) id << 32 | QuantisedLogProbability.code(logProbability);
    }

    /** Closes a position whose tokens without an entry have this probability together. */
    void endPosition(double tail) {
        int count = counts[positions];
        // By id: float noise cannot change the order, and shards are 15% smaller than by probability.
        Arrays.sort(order, 0, count);
        if (entries + count > ids.length) {
            int capacity = Math.max(entries + count, 2 * ids.length);
            ids = Arrays.copyOf(ids, capacity);
            codes = Arrays.copyOf(codes, capacity);
        }
        for (int i = 0; i < count; i++) {
            ids[entries] = (int) (order[i] >>> 32);
            codes[entries++] = (byte) order[i];
        }
        tailMass[positions++] = eightSignificantBits((float) Math.max(0, Math.min(1, tail)));
    }

    int positions() {
        return positions;
    }

    StoredEntries build() {
        return new StoredEntries(counts, Arrays.copyOf(ids, entries), Arrays.copyOf(codes, entries), tailMass);
    }

    /** The nearest float with a significand of eight bits: half the bytes of the column are zeros then. */
    static float eightSignificantBits(float value) {
        return Float.intBitsToFloat((Float.floatToRawIntBits(value) + 0x8000) & 0xFFFF0000);
    }
}
