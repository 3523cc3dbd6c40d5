package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
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

    private final int width;
    private final int heads;
    private final int capacity;
    private final float[] history; // the convolution's last positions, [kernel - 1, 3d]
    private final float[] keys; // [d, capacity], so that scores are computed along positions
    private final float[] values; // [capacity, d]
    private final float[] forgotten; // Σ ln sigmoid(forget gate) since the span began, [heads, capacity], or empty
    private final double[] spans; // Σ where each span begins, [heads, spans], or empty
    private final double[] sums; // Σ now, [heads], or empty
    private final Block[] keysOfHeads;
    private final Block[] valuesOfHeads;

    /** Of the scratch that was used last: a step allocates nothing, not even a view. */
    private Parts parts = Parts.NONE;

    private record Parts(Block owner, Block[] queries, Block[] mixed) {
        private static final Parts NONE = new Parts(Block.zeros(0, 1), new Block[0], new Block[0]);

        static Parts of(Scratch scratch, int heads, int headWidth) {
            Block[] queries = new Block[heads];
            Block[] mixed = new Block[heads];
            for (int head = 0; head < heads; head++) {
                queries[head] = scratch.convolved.column(head * headWidth);
                mixed[head] = scratch.projected.column(head * headWidth);
            }
            return new Parts(scratch.convolved, queries, mixed);
        }
    }

    /** A memory of no position. */
    AttentionMemory(float[] history, int width, int heads, int capacity, boolean forgets) {
        this(
                new int[] {width, heads, capacity},
                new float[][] {
                    history,
                    new float[width * capacity + Kernels.LANES],
                    new float[width * capacity + Kernels.LANES],
                    new float[forgets ? heads * capacity : 0]
                },
                new double[forgets ? heads * spans(capacity) : 0],
                new double[forgets ? heads : 0]);
    }

    private AttentionMemory(int[] sizes, float[][] floats, double[] spans, double[] sums) {
        width = sizes[0];
        heads = sizes[1];
        capacity = sizes[2];
        history = floats[0];
        keys = floats[1];
        values = floats[2];
        forgotten = floats[3];
        this.spans = spans;
        this.sums = sums;
        keysOfHeads = new Block[heads];
        valuesOfHeads = new Block[heads];
        for (int head = 0; head < heads; head++) {
            keysOfHeads[head] = new Block(keys, head * (width / heads) * capacity, capacity);
            valuesOfHeads[head] = new Block(values, head * (width / heads), width);
        }
    }

    /** Bytes of the heap that a memory of {@code capacity} positions takes. */
    static long bytes(Mixer.Attention attention, int width, int capacity) {
        long floats = (attention.kernel() - 1) * 3L * width + 2 * ((long) width * capacity + Kernels.LANES);
        boolean forgets = attention.positions() == Mixer.Positions.FORGET;
        long forgotten = forgets ? attention.heads() * (4L * capacity + 8L * (spans(capacity) + 1)) : 0;
        return 4 * floats + forgotten + OBJECTS + attention.heads() * 96L;
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
            parts = Parts.of(scratch, heads, width / heads);
        }
        return parts;
    }

    private static Block rows(Block part, int first) {
        return first == 0 ? part : new Block(part.values(), part.row(first), part.stride());
    }

    /** [d / heads, capacity]. */
    Block keys(int head) {
        return keysOfHeads[head];
    }

    /** [capacity, d / heads]. */
    Block values(int head) {
        return valuesOfHeads[head];
    }

    /** Remembers the key at {@code from}, [d], and the value behind it. */
    void put(int position, float[] keyAndValue, int from) {
        for (int c = 0; c < width; c++) {
            keys[c * capacity + position] = keyAndValue[from + c];
        }
        System.arraycopy(keyAndValue, from + width, values, position * width, width);
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
        return new AttentionMemory(
                new int[] {width, heads, capacity},
                new float[][] {history.clone(), keys.clone(), values.clone(), forgotten.clone()},
                spans.clone(),
                sums.clone());
    }

    @Override
    public long bytes() {
        return 4L * (history.length + keys.length + values.length + forgotten.length)
                + 8L * (spans.length + sums.length);
    }
}
