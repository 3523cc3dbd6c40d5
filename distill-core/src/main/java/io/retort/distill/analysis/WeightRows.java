package io.retort.distill.analysis;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;

/**
 * The tensors of a checkpoint, dequantised, read a few rows at a time so that no tensor has to be in memory. A tensor of
 * one dimension is one row. For one thread.
 */
public interface WeightRows extends Closeable {
    /** The names of all tensors a reader can ask for. */
    Set<String> names();

    /**
     * The rows and columns of a tensor of one or two dimensions.
     *
     * @throws IllegalArgumentException if there is none of this name, or it has more dimensions
     */
    MatrixShape shape(String name);

    /** Reads rows {@code first} to {@code first + count − 1}, one behind the other, to the start of {@code into}. */
    void read(String name, int first, int count, float[] into) throws IOException;

    /**
     * Extents of a matrix.
     *
     * @param rows outputs
     * @param columns inputs
     */
    record MatrixShape(int rows, int columns) {}
}
