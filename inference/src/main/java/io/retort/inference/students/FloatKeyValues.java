package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;

/** Keys and values as they were computed, which kernels read where they lie. */
final class FloatKeyValues implements KeyValues {
    private final Kernels kernels;
    private final Heads heads;
    private final int capacity;
    private final float[] keys; // [d, capacity], so that scores are computed along positions
    private final float[] values; // [capacity, d]
    private final Block[] keysOfHeads;
    private final Block[] valuesOfHeads;

    FloatKeyValues(Kernels kernels, Heads heads, int capacity) {
        this(
                kernels,
                heads,
                capacity,
                kernels.floats(floats(heads, capacity)),
                kernels.floats(floats(heads, capacity)));
    }

    private FloatKeyValues(Kernels kernels, Heads heads, int capacity, float[] keys, float[] values) {
        this.kernels = kernels;
        this.heads = heads;
        this.capacity = capacity;
        this.keys = keys;
        this.values = values;
        keysOfHeads = new Block[heads.count()];
        valuesOfHeads = new Block[heads.count()];
        for (int head = 0; head < heads.count(); head++) {
            keysOfHeads[head] = new Block(keys, head * heads.width() * capacity, capacity);
            valuesOfHeads[head] = new Block(values, head * heads.width(), heads.channels());
        }
    }

    private static int floats(Heads heads, int capacity) {
        return heads.channels() * capacity + Kernels.LANES;
    }

    static long bytes(Heads heads, int capacity) {
        return 8 * ((long) heads.channels() * capacity + Kernels.LANES) + heads.count() * 48L;
    }

    @Override
    public void put(int position, float[] keyAndValue, int from) {
        int channels = heads.channels();
        for (int c = 0; c < channels; c++) {
            keys[c * capacity + position] = keyAndValue[from + c];
        }
        System.arraycopy(keyAndValue, from + channels, values, position * channels, channels);
    }

    @Override
    public void score(Kernels kernels, int head, Block queries, Block scores, int rows, int positions) {
        kernels.multiply(queries, keysOfHeads[head], scores, rows, heads.width(), positions);
    }

    @Override
    public void mix(Kernels kernels, int head, Block weights, Block out, int rows, int positions) {
        kernels.mix(weights, valuesOfHeads[head], out, rows, positions, heads.width());
    }

    @Override
    public KeyValues copy() {
        FloatKeyValues copy = new FloatKeyValues(kernels, heads, capacity);
        System.arraycopy(keys, 0, copy.keys, 0, keys.length);
        System.arraycopy(values, 0, copy.values, 0, values.length);
        return copy;
    }

    @Override
    public long bytes() {
        return 4L * (keys.length + values.length);
    }
}
