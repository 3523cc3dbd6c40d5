package io.retort.inference.kernels;

/** Sums of floats in an order that is always the same, in parts that a processor adds side by side. */
public final class Sums {
    private Sums() {}

    /** The sum of {@code count} values. */
    public static float of(float[] x, int from, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = from;
        int end = from + count;
        for (; i + 4 <= end; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < end; i++) {
            a += x[i];
        }
        return a + b + (c + d);
    }

    /** The sum of the squares of {@code count} values. */
    public static float ofSquares(float[] x, int from, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = from;
        int end = from + count;
        for (; i + 4 <= end; i += 4) {
            a += x[i] * x[i];
            b += x[i + 1] * x[i + 1];
            c += x[i + 2] * x[i + 2];
            d += x[i + 3] * x[i + 3];
        }
        for (; i < end; i++) {
            a += x[i] * x[i];
        }
        return a + b + (c + d);
    }
}
