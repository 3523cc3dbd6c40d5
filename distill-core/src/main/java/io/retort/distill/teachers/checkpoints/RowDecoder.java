package io.retort.distill.teachers.checkpoints;

/** Gives rows of a tensor as floats, however they are stored. Implementations are safe for use by several threads. */
sealed interface RowDecoder permits PlainRows, BlockScaledRows, PackedRows {
    /** How the weights are stored. */
    WeightEncoding encoding();

    /** The tensor's shape. */
    long[] shape();

    /** The bytes of its weights and scales. */
    long storedBytes();

    /** Decodes rows {@code from} to {@code from + count} into the array from {@code at} on. */
    void decode(long from, int count, float[] into, int at);

    /** The product of all dimensions but the first. */
    static long rowElements(long[] shape) {
        long elements = 1;
        for (int i = 1; i < shape.length; i++) {
            elements *= shape[i];
        }
        return elements;
    }
}
