package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.students.KeyValues.Heads;
import java.util.Arrays;

/**
 * Keys and values of every position, which grow with the text, and how much each position is forgotten.
 *
 * <p>A sum of logarithms grows with the text and would lose its last digits in 32 bits; so it is kept as a double where
 * every span of positions begins, and as a float's difference to that within the span.
 */
final class AttentionMemory implements LayerState {
    private static final int SPAN = 64;

    /** Headers of its arrays and small objects, in bytes. */
    private static final int OBJECTS = 256;

    private final Heads heads;
    private final int capacity;
    private final float[] history; // the convolution's last positions, [kernel - 1, 3d]
    private final KeyValues keyValues;
    private final float[] forgotten; // Σ ln sigmoid(forget gate) since the span began, [heads, capacity], or empty
    private final double[] spans; // Σ where each span begins, [heads, spans], or empty
    private final double[] sums; // Σ now, [heads], or empty

    /** Of the scratch that was used last: a step allocates nothing, not even a view. */
    private Parts parts = Parts.NONE;

    private record Parts(Block owner, Block[] queries, Block[] mixed) {
        private static final Parts NONE = new Parts(Block.zeros(0, 1), new Block[0], new Block[0]);

        static Parts of(Scratch scratch, Heads heads) {
            Block[] queries = new Block[heads.count()];
            Block[] mixed = new Block[heads.count()];
            for (int head = 0; head < heads.count(); head++) {
                queries[head] = scratch.convolved.column(head * heads.width());
                mixed[head] = scratch.projected.column(head * heads.width());
            }
            return new Parts(scratch.convolved, queries, mixed);
        }
    }

    /** A memory of no position. */
    AttentionMemory(
            Kernels kernels,
            float[] history,
            Heads heads,
            int capacity,
            MemoryFormat format,
            Mixer.Positions positions) {
        this.heads = heads;
        this.capacity = capacity;
        this.history = history;
        keyValues = KeyValues.of(kernels, format, heads, capacity);
        boolean forgets = positions == Mixer.Positions.FORGET;
        forgotten = new float[forgets ? heads.count() * capacity : 0];
        spans = new double[forgets ? heads.count() * spans(capacity) : 0];
        sums = new double[forgets ? heads.count() : 0];
    }

    private AttentionMemory(AttentionMemory other) {
        heads = other.heads;
        capacity = other.capacity;
        history = other.history.clone();
        keyValues = other.keyValues.copy();
        forgotten = other.forgotten.clone();
        spans = other.spans.clone();
        sums = other.sums.clone();
    }

    /** Bytes of the heap that a memory of {@code capacity} positions takes. */
    static long bytes(Mixer.Attention attention, int width, int capacity, MemoryFormat format) {
        Heads heads = new Heads(attention.heads(), width / attention.heads());
        long history = 4 * (attention.kernel() - 1) * 3L * width;
        boolean forgets = attention.positions() == Mixer.Positions.FORGET;
        long forgotten = forgets ? attention.heads() * (4L * capacity + 8L * (spans(capacity) + 1)) : 0;
        return history + KeyValues.bytes(format, heads, capacity) + forgotten + OBJECTS + attention.heads() * 48L;
    }

    private static int spans(int capacity) {
        return (capacity + SPAN - 1) / SPAN;
    }

    float[] history() {
        return history;
    }

    /** A head's columns of {@code scratch.convolved}, from a row on. */
    Block queries(Scratch scratch, int head, int row) {
        return rows(parts(scratch).queries[head], row);
    }

    /** A head's columns of {@code scratch.projected}, from a row on. */
    Block mixed(Scratch scratch, int head, int row) {
        return rows(parts(scratch).mixed[head], row);
    }

    private Parts parts(Scratch scratch) {
        if (parts.owner != scratch.convolved) {
            parts = Parts.of(scratch, heads);
        }
        return parts;
    }

    private static Block rows(Block part, int first) {
        return first == 0 ? part : new Block(part.values(), part.row(first), part.stride());
    }

    KeyValues keyValues() {
        return keyValues;
    }

    /** Remembers the logarithm of a head's forget gate at a position. */
    void forget(int head, int position, double logarithm) {
        if (position == 0) {
            sums[head] = 0;
        }
        int span = head * spans(capacity) + position / SPAN;
        if (position % SPAN == 0) {
            spans[span] = sums[head];
        }
        sums[head] += logarithm;
        forgotten[head * capacity + position] = (float) (sums[head] - spans[span]);
    }

    /** Adds to the scores of the first {@code seen} positions how much they are forgotten at the last of these. */
    void addForgetting(int head, int seen, float[] scores, int from) {
        int row = head * capacity;
        int firstSpan = head * spans(capacity);
        double now = spans[firstSpan + (seen - 1) / SPAN] + forgotten[row + seen - 1];
        for (int begin = 0; begin < seen; begin += SPAN) {
            float since = (float) (now - spans[firstSpan + begin / SPAN]);
            int end = Math.min(begin + SPAN, seen);
            for (int s = begin; s < end; s++) {
                scores[from + s] += since - forgotten[row + s];
            }
        }
    }

    @Override
    public void clear() {
        Arrays.fill(history, 0);
    }

    @Override
    public LayerState copy() {
        return new AttentionMemory(this);
    }

    @Override
    public long bytes() {
        return 4L * (history.length + forgotten.length) + keyValues.bytes() + 8L * (spans.length + sums.length);
    }
}
