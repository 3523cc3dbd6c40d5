package io.retort.distill.analysis;

/**
 * A vector of any length as a few numbers whose dot products estimate those of the vectors: a CountSketch (Charikar, Chen
 * and Farach-Colton 2002; as "feature hashing" Weinberger et al. 2009). Entry i is added with a random sign to a random
 * one of k numbers, both drawn by a hash of i and the seed, the same for all vectors. The dot product of two sketches is
 * unbiased with a variance of about {@code (|a|²|b|² + (a·b)²) / k}; the cosine of two sketches has a standard error of
 * about {@code (1 − cos²) / sqrt(k)}, and equal vectors have cosine 1 exactly.
 */
final class WeightSketch {
    private final double[] sums;
    private final long seed;
    private long next;

    WeightSketch(ProbeSettings settings) {
        this.sums = new double[settings.sketch()];
        this.seed = mixed(settings.seed());
    }

    /** Takes the next entries. */
    void add(float[] values, int count) {
        int mask = sums.length - 1;
        for (int i = 0; i < count; i++) {
            long hash = mixed(seed + next++);
            float value = values[i];
            sums[(int) hash & mask] += hash < 0 ? -value : value;
        }
    }

    /** The sketch of what was added. */
    float[] finish() {
        float[] sketch = new float[sums.length];
        for (int i = 0; i < sketch.length; i++) {
            sketch[i] = (float) sums[i];
        }
        return sketch;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mixed(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The cosine of two sketches, 0 where one is all zero. */
    static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return aa == 0 || bb == 0 ? 0 : Math.max(-1, Math.min(1, dot / Math.sqrt(aa * bb)));
    }
}
