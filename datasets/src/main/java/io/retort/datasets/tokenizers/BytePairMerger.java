package io.retort.datasets.tokenizers;

import java.util.Arrays;

/**
 * Merges one piece: from single bytes, always the adjacent pair whose joined bytes have the lowest rank, the leftmost of
 * equals, until none has a rank. A heap over a linked list makes it O(n log n) for a piece of n bytes.
 *
 * <p>One merger serves one piece; parts are known by the index of their first byte.
 */
final class BytePairMerger {
    private final ByteRanks ranks;
    private final byte[] piece;
    /** By first byte of a part: its id, the first byte of the part after and before it. */
    private final int[] ids;

    private final int[] next;
    private final int[] previous;
    /** By first byte of a part: the rank it would have together with the part after it, or NONE. */
    private final int[] merged;
    /** A binary heap of rank &lt;&lt; 32 | first byte; entries that no longer match {@link #merged} are stale. */
    private long[] heap;

    private int heapSize;

    private BytePairMerger(ByteRanks ranks, byte[] piece) {
        this.ranks = ranks;
        this.piece = piece;
        ids = new int[piece.length];
        next = new int[piece.length];
        previous = new int[piece.length];
        merged = new int[piece.length];
        heap = new long[piece.length + 1];
    }

    /** The ids of a piece. Every single byte must have a rank. */
    static int[] merge(ByteRanks ranks, byte[] piece) {
        BytePairMerger merger = new BytePairMerger(ranks, piece);
        for (int i = 0; i < piece.length; i++) {
            merger.ids[i] = ranks.rank(piece, i, i + 1);
            merger.next[i] = i + 1;
            merger.previous[i] = i - 1;
        }
        return merger.run();
    }

    /**
     * The ids of well-formed UTF-8 that is merged from whole characters. The bytes of a character without a rank merge
     * with nothing; each is in the result as its complement, {@code ~(value of the byte)}, which is negative.
     */
    static int[] mergeCharacters(ByteRanks ranks, byte[] text) {
        BytePairMerger merger = new BytePairMerger(ranks, text);
        int last = -1;
        for (int start = 0; start < text.length; ) {
            int end = endOfCharacter(text, start);
            int rank = ranks.rank(text, start, end);
            int step = rank == ByteRanks.NONE ? 1 : end - start;
            for (int at = start; at < end; at += step) {
                merger.ids[at] = rank == ByteRanks.NONE ? ~(text[at] & 0xff) : rank;
                merger.next[at] = at + step;
                merger.previous[at] = last;
                last = at;
            }
            start = end;
        }
        return merger.run();
    }

    private static int endOfCharacter(byte[] text, int start) {
        int end = start + 1;
        while (end < text.length && (text[end] & 0xc0) == 0x80) {
            end++;
        }
        return end;
    }

    private int[] run() {
        for (int i = 0; i < piece.length; i = next[i]) {
            offer(i);
        }
        while (heapSize > 0) {
            long entry = pop();
            int rank = (int) (entry >>> 32);
            int first = (int) entry;
            if (merged[first] == rank) {
                join(first, rank);
            }
        }
        int count = 0;
        for (int i = 0; i < piece.length; i = next[i]) {
            ids[count++] = ids[i];
        }
        return Arrays.copyOf(ids, count);
    }

    private void join(int first, int rank) {
        int second = next[first];
        int after = next[second];
        ids[first] = rank;
        next[first] = after;
        if (after < piece.length) {
            previous[after] = first;
        }
        merged[second] = ByteRanks.NONE;
        offer(first);
        if (previous[first] >= 0) {
            offer(previous[first]);
        }
    }

    private void offer(int first) {
        int second = next[first];
        boolean joins = second < piece.length && ids[first] >= 0 && ids[second] >= 0;
        int rank = joins ? ranks.rank(piece, first, next[second]) : ByteRanks.NONE;
        merged[first] = rank;
        if (rank != ByteRanks.NONE) {
            push((long) rank << 32 | first);
        }
    }

    private void push(long entry) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heap.length * 2);
        }
        int child = heapSize++;
        while (child > 0) {
            int parent = (child - 1) / 2;
            if (heap[parent] <= entry) {
                break;
            }
            heap[child] = heap[parent];
            child = parent;
        }
        heap[child] = entry;
    }

    private long pop() {
        long top = heap[0];
        long last = heap[--heapSize];
        int parent = 0;
        while (true) {
            int child = 2 * parent + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = last;
        return top;
    }
}
