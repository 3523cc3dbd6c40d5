package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Matrix;

/** Rows of activations that are made once and grow with the largest pass. */
final class Buffer {
    private final int columns;
    private Matrix all;

    Buffer(int columns) {
        this.columns = columns;
        all = Matrix.zeros(0, columns);
    }

    /** So many rows, of any content; padding columns are zero as long as nobody writes there. */
    Matrix rows(int count) {
        if (all.rows() < count) {
            all = Matrix.zeros(count + count / 4, columns);
        }
        return all.rows(0, count);
    }
}
