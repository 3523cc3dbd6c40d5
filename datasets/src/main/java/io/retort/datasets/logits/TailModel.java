package io.retort.datasets.logits;

import java.util.Arrays;

/**
 * The teacher's mean distribution after each token, for sharing out the probability of tokens that were not stored.
 * After a token that is rare it leans on the mean over all positions: {@code m(v|u) = (S(u,v) + κ·m(v)) / (S(u) + κ)},
 * where S sums stored probabilities and {@code m(v)} has a floor, so that no token is impossible. Immutable and safe for
 * use by many threads.
 */
public final class TailModel {
    /** κ: how many positions after a token weigh as much as the mean over all positions. */
    public static final double PRIOR_POSITIONS = 16;
    /** How many positions' worth of probability is spread evenly over the vocabulary as the floor. */
    public static final double FLOOR_POSITIONS = 1;

    private final int[] rowStarts;
    private final int[] tokens;
    private final double[] conditional;
    private final double[] conditionalWeights;
    private final double[] unigram;

    private TailModel(int[] rowStarts, int[] tokens, double[] conditional, double[] weights, double[] unigram) {
        this.rowStarts = rowStarts;
        this.tokens = tokens;
        this.conditional = conditional;
        this.conditionalWeights = weights;
        this.unigram = unigram;
    }

    /** The model of what was summed over a dataset. */
    public static TailModel of(TokenTransitions transitions) {
        int vocabulary = transitions.vocabularySize();
        long[] pairs = transitions.pairs();
        int[] rowStarts = new int[vocabulary + 1];
        int[] tokens = new int[pairs.length];
        double[] conditional = new double[pairs.length];
        double[] rowSums = new double[vocabulary];
        double[] unigram = new double[vocabulary];
        for (int i = 0; i < pairs.length; i++) {
            int previous = (int) (pairs[i] >>> 32);
            tokens[i] = (int) pairs[i];
            conditional[i] = transitions.mass(pairs[i]);
            rowStarts[previous + 1]++;
            rowSums[previous] += conditional[i];
            unigram[tokens[i]] += conditional[i];
        }
        double total = Arrays.stream(rowSums).sum() + FLOOR_POSITIONS;
        double[] weights = new double[vocabulary];
        for (int u = 0; u < vocabulary; u++) {
            unigram[u] = (unigram[u] + FLOOR_POSITIONS / vocabulary) / total;
            rowStarts[u + 1] += rowStarts[u];
            weights[u] = rowSums[u] / (rowSums[u] + PRIOR_POSITIONS);
            for (int i = rowStarts[u]; i < rowStarts[u + 1]; i++) {
                conditional[i] /= rowSums[u];
            }
        }
        return new TailModel(rowStarts, tokens, conditional, weights, unigram);
    }

    /** The number of token ids. */
    public int vocabularySize() {
        return unigram.length;
    }

    /** Probabilities of all tokens after {@code previous}, indexed by id; they sum to 1. A copy. */
    public double[] distribution(int previous) {
        double weight = conditionalWeights[previous];
        double[] distribution = unigram.clone();
        for (int token = 0; token < distribution.length; token++) {
            distribution[token] *= 1 - weight;
        }
        for (int i = rowStarts[previous]; i < rowStarts[previous + 1]; i++) {
            distribution[tokens[i]] += weight * conditional[i];
        }
        return distribution;
    }

    /** The mean over all positions, `[vocabulary]`, a copy. */
    public double[] unigram() {
        return unigram.clone();
    }

    /** The weight, 0 to 1, of the mean after {@code previous} against the mean over all positions. */
    public double conditionalWeight(int previous) {
        return conditionalWeights[previous];
    }

    /** The tokens that were ever given probability after {@code previous}, in ascending order. A copy. */
    public int[] conditionalTokens(int previous) {
        return Arrays.copyOfRange(tokens, rowStarts[previous], rowStarts[previous + 1]);
    }

    /** The mean after {@code previous}, one value for each of {@link #conditionalTokens}. A copy. */
    public double[] conditionalMeans(int previous) {
        return Arrays.copyOfRange(conditional, rowStarts[previous], rowStarts[previous + 1]);
    }
}
