package io.retort.distill.teachers.checkpoints;

import java.util.Arrays;

/**
 * A tensor of a checkpoint, read from its file whenever it is asked for rows; nothing of it is kept in memory.
 *
 * <p>Rows are along the first dimension: a matrix {@code [out, in]} has {@code out} rows of {@code in} elements, a vector
 * as many rows as elements, a single number one row of one. Scales of quantised weights are applied and are no tensors of
 * their own. Safe for use by several threads while its {@link CheckpointFiles} is open.
 */
public final class StoredTensor {
    private final String name;
    private final RowDecoder decoder;

    StoredTensor(String name, RowDecoder decoder) {
        this.name = name;
        this.decoder = decoder;
    }

    /** Its name as a model knows it, such as "model.layers.0.mlp.gate_proj.weight", however it is stored. */
    public String name() {
        return name;
    }

    /** Its dimensions, a copy. */
    public long[] shape() {
        return decoder.shape().clone();
    }

    /** How its weights are stored. */
    public WeightEncoding encoding() {
        return decoder.encoding();
    }

    /** The bytes that its weights and their scales take in the files. */
    public long storedBytes() {
        return decoder.storedBytes();
    }

    /** The number of rows. */
    public long rows() {
        long[] shape = decoder.shape();
        return shape.length == 0 ? 1 : shape[0];
    }

    /** The number of elements of one row. */
    public long rowElements() {
        return RowDecoder.rowElements(decoder.shape());
    }

    /** The number of elements. */
    public long elements() {
        return rows() * rowElements();
    }

    /**
     * Decodes rows {@code from} to {@code to} to the start of an array.
     *
     * @throws IllegalArgumentException when there are no such rows or the array is too short
     * @throws io.retort.datasets.InvalidDataException when the elements are of a type without a decoder, or the file
     *     has been cut since it was opened
     * @throws java.io.UncheckedIOException when the file cannot be read
     */
    public void rows(long from, long to, float[] into) {
        if (from < 0 || to < from || to > rows()) {
            throw new IllegalArgumentException(
                    name + ": expected a range of " + rows() + " rows, found " + from + " to " + to);
        }
        long width = rowElements();
        if (to > from && width > into.length / (to - from)) {
            throw new IllegalArgumentException(name + ": expected room for " + (to - from) + " rows of " + width
                    + " elements, found " + into.length);
        }
        if (to > from && width > 0) {
            decoder.decode(from, (int) (to - from), into, 0);
        }
    }

    /**
     * Decodes the whole tensor into one buffer after the other, first row first.
     *
     * @param mostElements what a slice may hold; one row is given even if it is longer
     * @throws IllegalArgumentException when a row is longer than an array can be
     */
    public void slices(int mostElements, RowSlice slice) {
        slices(0, rows(), mostElements, slice);
    }

    /** As {@link #slices(int, RowSlice)}, of rows {@code from} to {@code to} only. */
    public void slices(long from, long to, int mostElements, RowSlice slice) {
        long width = rowElements();
        if (width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    name + ": expected rows that fit an array, found " + width + " elements");
        }
        int most = (int) Math.max(1, Math.min(to - from, mostElements / Math.max(1, width)));
        float[] values = new float[Math.toIntExact(Math.max(width, most * width))];
        for (long at = from; at < to; at += most) {
            long end = Math.min(to, at + most);
            rows(at, end, values);
            slice.accept(at, end, values);
        }
    }

    @Override
    public String toString() {
        return name + Arrays.toString(decoder.shape()) + " as " + encoding();
    }
}
