package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;

/** Arithmetic on rows of floats. */
final class Rows {

    /** Keeps the division by a row's root mean square away from zero. */
    private static final float NORM_FLOOR = 1e-6f;

    private Rows() {}

    /** {@code output = input / rms(input)} over the first {@code length} values of each row; NaN where the squares overflow. */
    static void normalise(Kernels kernels, Block input, Block output, int rows, int length) {
        float[] in = input.values();
        for (int row = 0; row < rows; row++) {
            int from = input.row(row);
            float squares = overflowAsNaN(kernels.sumOfSquares(in, from, length));
            float factor = (float) (1 / Math.sqrt(squares / length + NORM_FLOOR));
            kernels.scale(in, from, output.values(), output.row(row), length, factor);
        }
    }

    /** Scales {@code length} values from {@code from} to a Euclidean length; they become NaN where their squares overflow. */
    static void toLength(Kernels kernels, float[] values, int from, int length, float wanted) {
        float squares = overflowAsNaN(kernels.sumOfSquares(values, from, length));
        float factor = (float) (wanted / Math.sqrt(squares + NORM_FLOOR));
        for (int i = from; i < from + length; i++) {
            values[i] *= factor;
        }
    }

    /** Divided by an infinite length all values would be 0, and an overflow would look like a student that knows nothing. */
    private static float overflowAsNaN(float squares) {
        return squares <= Float.MAX_VALUE ? squares : Float.NaN;
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
