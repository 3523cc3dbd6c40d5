package io.retort.eval.controls;

/** Counts of 64-bit keys in open addressing: 12 bytes a slot, at most half of them in use. Key 0 is not allowed. */
final class LongCounter {
    private long[] keys = new long[1 << 10];
    private int[] counts = new int[1 << 10];
    private int size;

    /** What {@link #forEach} calls. */
    interface Visitor {
        void visit(long key, int count);
    }

    void add(long key, int count) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int slot = slot(key);
        if (keys[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        counts[slot] = Math.addExact(counts[slot], count);
    }

    int count(long key) {
        return counts[slot(key)];
    }

    int size() {
        return size;
    }

    void forEach(Visitor visitor) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != 0) {
                visitor.visit(keys[slot], counts[slot]);
            }
        }
    }

    /** The slot that holds the key, or the empty one where it belongs. */
    private int slot(long key) {
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 33) & (keys.length - 1);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[Math.multiplyExact(oldKeys.length, 2)];
        counts = new int[keys.length];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != 0) {
                int slot = slot(oldKeys[old]);
                keys[slot] = oldKeys[old];
                counts[slot] = oldCounts[old];
            }
        }
    }
}
