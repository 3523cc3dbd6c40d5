package io.retort.distill.kernels;

import java.util.Arrays;

/**
 * A matrix of floats within an array. Mutable through its array; a view shares it.
 *
 * <p>A matrix that is written or multiplied from the right has rows of a multiple of {@link Kernels#LANES} floats, of
 * which those behind its columns are zero.
 *
 * @param values the array
 * @param from index of element (0, 0)
 * @param rowStride from a row to the next
 * @param columnStride from a column to the next
 */
public record Matrix(float[] values, int from, int rows, int columns, int rowStride, int columnStride) {
    public Matrix {
        if (rows < 0 || columns < 0 || from < 0) {
            throw new IllegalArgumentException(
                    "expected a matrix, found " + rows + " rows and " + columns + " columns from " + from);
        }
    }

    /** A matrix of zeros with padded rows. */
    public static Matrix zeros(int rows, int columns) {
        int stride = padded(columns);
        return new Matrix(new float[rows * stride], 0, rows, columns, stride, 1);
    }

    /** The smallest multiple of {@link Kernels#LANES} that is not below a number of columns. */
    public static int padded(int columns) {
        return (columns + Kernels.LANES - 1) / Kernels.LANES * Kernels.LANES;
    }

    /** The transpose, which shares the values. */
    public Matrix transposed() {
        return new Matrix(values, from, columns, rows, columnStride, rowStride);
    }

    /** Some rows, which share the values. */
    public Matrix rows(int first, int count) {
        return new Matrix(values, from + first * rowStride, count, columns, rowStride, columnStride);
    }

    /** The first columns, which share the values. */
    public Matrix firstColumns(int count) {
        return new Matrix(values, from, rows, count, rowStride, columnStride);
    }

    /** Number of floats from the first row's beginning to the last one's end, padding included. */
    public int length() {
        return rows * rowStride;
    }

    /** Sets every row to zero, padding included. */
    public void clear() {
        Arrays.fill(values, from, from + length(), 0);
    }

    /** Copies a matrix that is stored row by row without padding. */
    public void set(float[] dense) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(dense, row * columns, values, from + row * rowStride, columns);
        }
    }

    /** Copies the transpose of a matrix that is stored row by row without padding. */
    public void setTransposed(float[] dense) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[from + row * rowStride + column] = dense[column * rows + row];
            }
        }
    }

    /** Copies this, transposed, into the first rows and columns of another matrix. */
    public void copyTransposed(Matrix target) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                target.values[target.from + column * target.rowStride + row] = values[from + row * rowStride + column];
            }
        }
    }

    /** Adds this to a matrix that is stored row by row without padding. */
    public void addTo(float[] dense) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                dense[row * columns + column] += values[from + row * rowStride + column];
            }
        }
    }
}
