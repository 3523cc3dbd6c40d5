package io.retort.distill.analysis;

import java.util.Random;

/**
 * How the control is drawn.
 *
 * @param count how many shuffles of the labels, at least 1
 * @param seed of the shuffles
 */
public record Permutations(int count, long seed) {
    private static final int MOST = 1_000_000;

    public Permutations {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("expected 1 to " + MOST + " permutations, found " + count);
        }
    }

    /** Shuffles in place (Fisher–Yates). */
    static void shuffle(int[] labels, Random random) {
        for (int i = labels.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int label = labels[i];
            labels[i] = labels[j];
            labels[j] = label;
        }
    }
}
