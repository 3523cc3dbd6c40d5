package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.Matrix;

/** {@code n = x / sqrt(mean(x²) + 1e-6)} of each row, without a gain. */
final class RootMeanSquare {
    private static final double FLOOR = 1e-6;

    private final Kernels kernels;
    private final int columns;
    private final Buffer normalised;
    private float[] factors = new float[0];
    private float[] scratch = new float[0];

    RootMeanSquare(Kernels kernels, int columns) {
        this.kernels = kernels;
        this.columns = columns;
        normalised = new Buffer(columns);
    }

    /** The normalised rows, which stay until the next call. */
    Matrix forward(Matrix x) {
        int rows = x.rows();
        if (factors.length < rows) {
            factors = new float[rows + rows / 4];
            scratch = new float[factors.length];
        }
        kernels.dotRows(x.values(), x.values(), factors, rows, x.rowStride());
        for (int row = 0; row < rows; row++) {
            factors[row] = (float) (1 / Math.sqrt(factors[row] / (double) columns + FLOOR));
        }
        Matrix result = normalised.rows(rows);
        kernels.scaleRows(x.values(), factors, result.values(), rows, x.rowStride());
        return result;
    }

    /** What the last {@link #forward} gave. */
    Matrix result(int rows) {
        return normalised.rows(rows);
    }

    /** {@code dx += r (dn - n (dn · n) / columns)}. */
    void back(Matrix outputGradient, Matrix inputGradient) {
        int rows = outputGradient.rows();
        int stride = outputGradient.rowStride();
        float[] n = normalised.rows(rows).values();
        kernels.dotRows(outputGradient.values(), n, scratch, rows, stride);
        for (int row = 0; row < rows; row++) {
            scratch[row] = -factors[row] * scratch[row] / columns;
        }
        kernels.addScaledRows(outputGradient.values(), factors, inputGradient.values(), rows, stride);
        kernels.addScaledRows(n, scratch, inputGradient.values(), rows, stride);
    }
}
