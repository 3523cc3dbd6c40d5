package io.retort.inference.students;

/**
 * Arithmetic on rows of floats. Products run over the matrix in storage order, outputs innermost, because HotSpot turns
 * that loop into SIMD code, which it does not do for a sum in floating point.
 */
final class Rows {

    /** Keeps the division by a row's root mean square away from zero. */
    private static final float NORM_FLOOR = 1e-6f;

    private Rows() {}

    /** {@code output[0..outputs) += input[0..inputs) · matrix[inputs, outputs]}. */
    static void addProduct(float[] input, int inputs, float[] matrix, float[] output, int outputs) {
        for (int i = 0; i < inputs; i++) {
            float factor = input[i];
            int row = i * outputs;
            for (int o = 0; o < outputs; o++) {
                output[o] += factor * matrix[row + o];
            }
        }
    }

    /** {@code output = input / rms(input)} over the first {@code length} values. */
    static void normalise(float[] input, float[] output, int length) {
        float squares = 0;
        for (int i = 0; i < length; i++) {
            squares += input[i] * input[i];
        }
        float factor = (float) (1 / Math.sqrt(squares / length + NORM_FLOOR));
        for (int i = 0; i < length; i++) {
            output[i] = input[i] * factor;
        }
    }

    /** Scales {@code length} values from {@code from} to unit Euclidean length. */
    static void toUnitLength(float[] values, int from, int length) {
        float squares = 0;
        for (int i = from; i < from + length; i++) {
            squares += values[i] * values[i];
        }
        float factor = (float) (1 / Math.sqrt(squares + NORM_FLOOR));
        for (int i = from; i < from + length; i++) {
            values[i] *= factor;
        }
    }

    static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    static float silu(float x) {
        return x * sigmoid(x);
    }

    /** {@code ln sigmoid(x)} without overflow at either end. */
    static double logSigmoid(double x) {
        return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
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
