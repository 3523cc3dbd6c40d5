package io.retort.datasets.tokenizers;

import java.util.Arrays;

/**
 * Byte sequences numbered in the order they were added, found again by a slice of bytes without copying it. A hash table
 * with open addressing; not safe for use by many threads while it grows.
 */
final class ByteRanks {
    static final int NONE = -1;

    private byte[][] tokens = new byte[512][];
    /** Rank + 1 by slot, 0 where free; the length is a power of two and at least twice the size. */
    private int[] slots = new int[1024];

    private int size;
    private int longest;

    int size() {
        return size;
    }

    /** The bytes of a rank; the caller must not change them. */
    byte[] token(int rank) {
        if (rank < 0 || rank >= size) {
            throw new IndexOutOfBoundsException("expected a rank in [0, " + size + "), found " + rank);
        }
        return tokens[rank];
    }

    /**
     * Gives a token the next rank and returns it.
     *
     * @throws IllegalArgumentException if the token is empty or has a rank already
     */
    int add(byte[] token) {
        if (token.length == 0) {
            throw new IllegalArgumentException("expected a token of at least one byte, found an empty one");
        }
        int before = rank(token, 0, token.length);
        if (before != NONE) {
            throw new IllegalArgumentException("expected every token once, found one that already has rank " + before);
        }
        if (size == tokens.length) {
            grow();
        }
        tokens[size] = token;
        insert(size);
        longest = Math.max(longest, token.length);
        return size++;
    }

    /** The rank of {@code bytes[from, to)}, or {@link #NONE}. */
    int rank(byte[] bytes, int from, int to) {
        if (to - from > longest) {
            return NONE;
        }
        int slot = hash(bytes, from, to) & slots.length - 1;
        while (slots[slot] != 0) {
            byte[] token = tokens[slots[slot] - 1];
            if (Arrays.equals(token, 0, token.length, bytes, from, to)) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return NONE;
    }

    private void grow() {
        tokens = Arrays.copyOf(tokens, tokens.length * 2);
        slots = new int[slots.length * 2];
        for (int rank = 0; rank < size; rank++) {
            insert(rank);
        }
    }

    private void insert(int rank) {
        byte[] token = tokens[rank];
        int slot = hash(token, 0, token.length) & slots.length - 1;
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = rank + 1;
    }

    /** FNV-1a with a final mix, as low bits choose the slot. */
    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i] & 0xff) * 0x01000193;
        }
        hash ^= hash >>> 15;
        hash *= 0x2c1b3c6d;
        return hash ^ hash >>> 13;
    }
}
