package io.retort.distill.analysis;

import io.retort.inference.digests.SplitMix64;

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
        this.seed = SplitMix64.mixed(SplitMix64.GAMMA * settings.seed());
    }

    /** Takes the next entries. */
    void add(float[] values, int count) {
        int mask = sums.length - 1;
        for (int i = 0; i < count; i++) {
            long hash = SplitMix64.mixed(SplitMix64.GAMMA * (seed + next++));
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
