package io.retort.inference.kernels;

/**
 * Rows of floats within an array, which is shared. Behind the last row an array has {@link Kernels#LANES} floats to spare,
 * because kernels read and write whole lanes: what lies behind a row's columns is nobody's, and may change.
 *
 * @param values the array
 * @param from index of the first row's first value
 * @param stride from a row to the next
 */
public record Block(float[] values, int from, int stride) {
    /** A record of 24 bytes and an array's header of 16, on a 64-bit machine with compressed references. */
    private static final int OBJECTS = 40;

    public Block {
        if (from < 0 || stride < 1) {
            throw new IllegalArgumentException("expected rows, found a stride of " + stride + " from " + from);
        }
    }

    /** Rows of zeros, each padded to whole lanes. */
    public static Block zeros(int rows, int columns) {
        int stride = Kernels.padded(columns);
        return new Block(new float[rows * stride], 0, stride);
    }

    /** A matrix that is stored row by row without padding, each row padded. */
    public static Block of(float[] dense, int rows, int columns) {
        Block block = zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(dense, row * columns, block.values, row * block.stride, columns);
        }
        return block;
    }

    /** The same rows from another column on. */
    public Block column(int column) {
        return new Block(values, from + column, stride);
    }

    /** Bytes of the heap that it takes with its array. */
    public long bytes() {
        return 4L * values.length + OBJECTS;
    }

    /** Where a row begins. */
    public int row(int row) {
        return from + row * stride;
    }
}
