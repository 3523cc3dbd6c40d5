package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Matrix;

/** Matrices of ones that take no memory: products with them repeat a row, or sum rows. */
final class Ones {
    private static final float[] ONE = {1};

    private Ones() {}

    static Matrix of(int rows, int columns) {
        return new Matrix(ONE, 0, rows, columns, 0, 0);
    }
}
