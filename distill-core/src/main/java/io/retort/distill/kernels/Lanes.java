package io.retort.distill.kernels;

/** Sums of sixteen numbers in one order. */
final class Lanes {
    private Lanes() {}

    /** The sum of the first {@link Kernels#LANES} values, by halves; destroys them. */
    static float sum(float[] lanes) {
        for (int half = Kernels.LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }
}
