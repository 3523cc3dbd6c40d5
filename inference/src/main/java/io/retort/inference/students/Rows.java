package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;

/** Arithmetic on rows of floats. */
final class Rows {

    /** Keeps the division by a row's root mean square away from zero. */
    private static final float NORM_FLOOR = 1e-6f;

    private Rows() {}

    /** {@code output = input / rms(input)} over the first {@code length} values of each row. */
    static void normalise(Kernels kernels, Block input, Block output, int rows, int length) {
        float[] in = input.values();
        for (int row = 0; row < rows; row++) {
            int from = input.row(row);
            float factor = (float) (1 / Math.sqrt(kernels.sumOfSquares(in, from, length) / length + NORM_FLOOR));
            kernels.scale(in, from, output.values(), output.row(row), length, factor);
        }
    }

    /** Scales {@code length} values from {@code from} to a Euclidean length. */
    static void toLength(Kernels kernels, float[] values, int from, int length, float wanted) {
        float factor = (float) (wanted / Math.sqrt(kernels.sumOfSquares(values, from, length) + NORM_FLOOR));
        for (int i = from; i < from + length; i++) {
            values[i] *= factor;
        }
    }

    /** {@code ln sigmoid(x)} without overflow at either end. */
    static double logSigmoid(double x) {
        return Math.min(x, 0) - Math.log(1 + Math.exp(-Math.abs(x)));
    }

    /** {@code rows}, [count, d], turned over to [d, count], each row of the result times its gain. */
    static float[] scaledTranspose(float[] rows, float[] gain, int count) {
        float[] transposed = new float[rows.length];
        for (int row = 0; row < count; row++) {
            for (int c = 0; c < gain.length; c++) {
                transposed[c * count + row] = rows[row * gain.length + c] * gain[c];
            }
        }
        return transposed;
    }
}
