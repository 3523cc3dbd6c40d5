package io.retort.distill.kernels;

/**
 * Functions of each element of an array, as loops that the compiler turns into wide instructions: one index for all
 * arrays, no branch, no call. The same bits on every machine.
 */
public final class Elementwise {

    /** {@code tanh} is 1 beyond in 32-bit floats. */
    private static final float TANH_BOUND = 7.905311f;
    /** Smaller arguments count as this; {@code e^-80} is 1.8e-35. */
    private static final float SMALLEST_EXPONENT = -80;

    private Elementwise() {}

    /** {@code s = 1 / (1 + e^-x)}, within 3e-7, by the rational minimax approximation of tanh of degree 13 over 6. */
    public static void sigmoid(float[] x, float[] s, int count) {
        for (int i = 0; i < count; i++) {
            float v = Math.max(-TANH_BOUND, Math.min(TANH_BOUND, 0.5f * x[i]));
            float w = v * v;
            float p = Math.fma(w, -2.76076847742355e-16f, 2.00018790482477e-13f);
            p = Math.fma(w, p, -8.60467152213735e-11f);
            p = Math.fma(w, p, 5.12229709037114e-08f);
            p = Math.fma(w, p, 1.48572235717979e-05f);
            p = Math.fma(w, p, 6.37261928875436e-04f);
            p = Math.fma(w, p, 4.89352455891786e-03f) * v;
            float q = Math.fma(w, 1.19825839466702e-06f, 1.18534705686654e-04f);
            q = Math.fma(w, q, 2.26843463243900e-03f);
            q = Math.fma(w, q, 4.89352518554385e-03f);
            s[i] = Math.fma(0.5f, p / q, 0.5f);
        }
    }

    /**
     * {@code x = e^(x - shift)} within 2e-5 of its value, for arguments of at most 1, in place: a polynomial of x / 128,
     * squared seven times.
     */
    public static void exp(float[] x, int from, int count, float shift) {
        for (int i = from; i < from + count; i++) {
            float v = Math.max(SMALLEST_EXPONENT, x[i] - shift) * (1f / 128);
            float p = Math.fma(v, 1f / 720, 1f / 120);
            p = Math.fma(v, p, 1f / 24);
            p = Math.fma(v, p, 1f / 6);
            p = Math.fma(v, p, 0.5f);
            p = Math.fma(v, p, 1);
            p = Math.fma(v, p, 1);
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            x[i] = p;
        }
    }

    /** {@code out = x y}. */
    public static void multiply(float[] x, float[] y, float[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = x[i] * y[i];
        }
    }

    /** {@code out += x}. */
    public static void add(float[] x, float[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] += x[i];
        }
    }

    /** {@code out = dy x s'}, the part of the gradient of {@code silu(x) = x s} where {@code s = sigmoid(x)}. */
    public static void siluGradient(float[] x, float[] s, float[] gradient, float[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = gradient[i] * Math.fma(x[i] * s[i], 1 - s[i], s[i]);
        }
    }
}
