package io.retort.inference.kernels;

/** Functions of each element, as loops that HotSpot turns into wide instructions: one index, no branch, no call. */
final class Elementwise {
    /** {@code tanh} is 1 beyond in 32-bit floats. */
    private static final float TANH_BOUND = 7.905311f;

    /** Smaller arguments count as this: {@code e^-87} is no longer seen beside 1. */
    private static final float SMALLEST_EXPONENT = -87;

    private static final float LARGEST_EXPONENT = 88;

    private Elementwise() {}

    /** {@code x = 1 / (1 + e^-x)} within 3e-7, by the rational minimax approximation of tanh of degree 13 over 6. */
    static void sigmoid(float[] x, int from, int count) {
        for (int i = from; i < from + count; i++) {
            float v = Math.max(-TANH_BOUND, Math.min(TANH_BOUND, 0.5f * x[i]));
            float w = v * v;
            float p = w * -2.76076847742355e-16f + 2.00018790482477e-13f;
            p = w * p + -8.60467152213735e-11f;
            p = w * p + 5.12229709037114e-08f;
            p = w * p + 1.48572235717979e-05f;
            p = w * p + 6.37261928875436e-04f;
            p = (w * p + 4.89352455891786e-03f) * v;
            float q = w * 1.19825839466702e-06f + 1.18534705686654e-04f;
            q = w * q + 2.26843463243900e-03f;
            q = w * q + 4.89352518554385e-03f;
            x[i] = 0.5f * (p / q) + 0.5f;
        }
    }

    /**
     * {@code x = e^(x - shift)} within 3e-7 where it is at most 1, and within 3e-7 of its value above: {@code u = e^v - 1}
     * of a small {@code v = (x - shift) / 128} by its Taylor polynomial, then seven times {@code u = 2 u + u u}, which is
     * squaring 1 + u without the loss of digits beside 1.
     */
    static void exponential(float[] x, int from, int count, float shift) {
        for (int i = from; i < from + count; i++) {
            float v = Math.max(SMALLEST_EXPONENT, Math.min(LARGEST_EXPONENT, x[i] - shift)) * (1f / 128);
            float u = v * (1f / 720) + 1f / 120;
            u = v * u + 1f / 24;
            u = v * u + 1f / 6;
            u = v * u + 0.5f;
            u = v * u + 1;
            u = v * u;
            u = u * u + 2 * u;
            u = u * u + 2 * u;
            u = u * u + 2 * u;
            u = u * u + 2 * u;
            u = u * u + 2 * u;
            u = u * u + 2 * u;
            u = u * u + 2 * u;
            x[i] = u + 1;
        }
    }
}
