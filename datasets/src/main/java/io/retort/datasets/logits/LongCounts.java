package io.retort.datasets.logits;

import java.util.Arrays;

/** Sums by 64-bit key, in an open hash table without boxes. Keys are not negative. Not thread-safe. */
final class LongCounts {
    private static final long FREE = -1;

    private long[] keys = new long[1 << 10];
    private long[] sums = new long[1 << 10];
    private int size;

    LongCounts() {
        Arrays.fill(keys, FREE);
    }

    int size() {
        return size;
    }

    void add(long key, long amount) {
        int slot = slot(key);
        if (keys[slot] == FREE) {
            if (2 * (size + 1) > keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            size++;
        }
        sums[slot] = Math.addExact(sums[slot], amount);
    }

    long sum(long key) {
        int slot = slot(key);
        return keys[slot] == FREE ? 0 : sums[slot];
    }

    /** All keys in ascending order. */
    long[] sortedKeys() {
        long[] sorted = new long[size];
        int next = 0;
        for (long key : keys) {
            if (key != FREE) {
                sorted[next++] = key;
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldSums = sums;
        keys = new long[2 * oldKeys.length];
        sums = new long[2 * oldKeys.length];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                sums[slot] = oldSums[i];
            }
        }
    }
}
