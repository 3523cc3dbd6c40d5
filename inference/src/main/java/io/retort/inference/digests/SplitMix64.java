package io.retort.inference.digests;

/**
 * Well-mixed bits, and random numbers from a seed: those of {@code java.util.SplittableRandom} (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014), which the compiler for browsers does not have. For one thread.
 */
public final class SplitMix64 {
    /** What a seed is stepped by: 2^64 over the golden ratio, odd. */
    public static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix64(long seed) {
        state = seed;
    }

    /** The finaliser: a bijection of 64 bits. */
    public static long mixed(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Sixty-four bits. */
    public long nextLong() {
        state += GAMMA;
        return mixed(state);
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }
}
