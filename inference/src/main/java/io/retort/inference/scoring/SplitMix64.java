package io.retort.inference.scoring;

/**
 * Random numbers from a seed, those of {@code java.util.SplittableRandom} (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", 2014), which the compiler for browsers does not have. For one thread.
 */
final class SplitMix64 {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    double nextDouble() {
        state += GOLDEN;
        long mixed = state;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return ((mixed ^ mixed >>> 31) >>> 11) * 0x1.0p-53;
    }
}
