package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;

/**
 * Keys and values of the positions that attention has read, head beside head. A row's results depend on the positions it sees
 * alone, not on the rows beside it: where weights behind them are zero, those positions change nothing.
 */
sealed interface KeyValues permits FloatKeyValues, PackedKeyValues {

    /** A memory of no position. */
    static KeyValues of(Kernels kernels, MemoryFormat format, Heads heads, int capacity) {
        return format == MemoryFormat.F32
                ? new FloatKeyValues(kernels, heads, capacity)
                : PackedKeyValues.of(format, heads, capacity);
    }

    /** Bytes of the heap that {@link #of} takes. */
    static long bytes(MemoryFormat format, Heads heads, int capacity) {
        return format == MemoryFormat.F32
                ? FloatKeyValues.bytes(heads, capacity)
                : PackedKeyValues.bytes(format, heads, capacity);
    }

    /** Channels of attention: {@code count} heads of {@code width} channels. */
    record Heads(int count, int width) {
        /** Channels of all heads, d. */
        int channels() {
            return count * width;
        }
    }

    /** Remembers the key at {@code from}, [d], and the value behind it, [d]. */
    void put(int position, float[] keyAndValue, int from);

    /**
     * {@code scores[r, s] = q_r · k_s} for the first {@code positions} positions of a head.
     *
     * @param queries [rows, head's width]
     * @param scores [rows, positions]
     */
    void score(Kernels kernels, int head, Block queries, Block scores, int rows, int positions);

    /**
     * {@code out[r] = Σ_s weights[r, s] v_s} over the first {@code positions} positions of a head. What lies behind the columns
     * of {@code out}, up to whole lanes, becomes anything.
     *
     * @param weights [rows, positions]
     * @param out [rows, head's width]
     */
    void mix(Kernels kernels, int head, Block weights, Block out, int rows, int positions);

    /** An independent memory of the same positions and room. */
    KeyValues copy();

    /** Bytes of its arrays. */
    long bytes();
}
