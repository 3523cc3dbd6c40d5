package io.retort.inference.scoring;

import io.retort.inference.digests.SplitMix64;
import java.util.function.IntPredicate;

/**
 * Chooses tokens from distributions, one after the other. The same seed chooses the same tokens from the same
 * distributions. For one thread.
 */
public final class TokenSampler {
    private static final IntPredicate ANY = token -> true;

    private final Sampling sampling;
    private final SplitMix64 random;
    private double[] weights = new double[0];
    private int[] order = new int[0];

    /** @param seed of all draws; nothing is drawn by greedy sampling */
    public TokenSampler(Sampling sampling, long seed) {
        this.sampling = sampling;
        this.random = new SplitMix64(seed);
    }

    /**
     * Chooses among all tokens.
     *
     * @param logProbabilities by token; they need not be normalised
     * @return a token; of equally likely ones greedy sampling takes the lowest
     */
    public int next(float[] logProbabilities) {
        return next(logProbabilities, ANY);
    }

    /**
     * Chooses among some tokens, as if the others had probability 0.
     *
     * @throws IllegalArgumentException if no token is allowed, or none that is has a probability, or a number is NaN or
     *     infinite upwards
     */
    public int next(float[] logProbabilities, IntPredicate allowed) {
        int best = -1;
        for (int token = 0; token < logProbabilities.length; token++) {
            if (!(logProbabilities[token] < Float.POSITIVE_INFINITY)) {
                // As a double, because browsers would load a second set of conversions for the text of a float.
                double found = logProbabilities[token];
                throw new IllegalArgumentException("expected a log-probability of token " + token + ", found " + found);
            }
            if (allowed.test(token) && (best < 0 || logProbabilities[token] > logProbabilities[best])) {
                best = token;
            }
        }
        if (best < 0 || !(logProbabilities[best] > Float.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "expected a token that is possible, found none among " + logProbabilities.length
                            + (best < 0 ? "" : ", the first with " + (double) logProbabilities[best]));
        }
        return sampling.greedy() ? best : drawn(logProbabilities, allowed, logProbabilities[best]);
    }

    private int drawn(float[] logProbabilities, IntPredicate allowed, float largest) {
        if (weights.length < logProbabilities.length) {
            weights = new double[logProbabilities.length];
            order = new int[logProbabilities.length];
        }
        int count = 0;
        double sum = 0;
        for (int token = 0; token < logProbabilities.length; token++) {
            double weight = allowed.test(token)
                    ? Math.exp((logProbabilities[token] - (double) largest) / sampling.temperature())
                    : 0;
            weights[token] = weight;
            if (weight > 0) {
                order[count++] = token;
                sum += weight;
            }
        }
        boolean few = sampling.topK() > 0 && sampling.topK() < count;
        if (few || sampling.topP() < 1) {
            sort(0, count - 1);
        }
        if (few) {
            count = sampling.topK();
            sum = 0;
            for (int i = 0; i < count; i++) {
                sum += weights[order[i]];
            }
        }
        if (sampling.topP() < 1) {
            double kept = 0;
            int nucleus = 0;
            while (nucleus < count && kept < sampling.topP() * sum) {
                kept += weights[order[nucleus++]];
            }
            count = nucleus;
            sum = kept;
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < count - 1; i++) {
            left -= weights[order[i]];
            if (left < 0) {
                return order[i];
            }
        }
        return order[count - 1];
    }

    private boolean before(int a, int b) {
        return weights[a] > weights[b] || weights[a] == weights[b] && a < b;
    }

    /** Quicksort of {@code order[from..to]} by falling weight; the shorter side first, so that the stack stays small. */
    private void sort(int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int pivot = order[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (before(order[i], pivot)) {
                    i++;
                }
                while (before(pivot, order[j])) {
                    j--;
                }
                if (i <= j) {
                    int swapped = order[i];
                    order[i++] = order[j];
                    order[j--] = swapped;
                }
            }
            if (j - low < high - i) {
                sort(low, j);
                low = i;
            } else {
                sort(i, high);
                high = j;
            }
        }
    }
}
