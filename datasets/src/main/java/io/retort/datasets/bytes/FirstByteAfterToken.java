package io.retort.datasets.bytes;

import io.retort.datasets.logits.TailModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * B_u: the teacher's mean distribution of the first symbol after token u over a dataset; after a rare token it leans on
 * the mean over all positions, as {@link TailModel} does. It stands in for the teacher where text was tokenised
 * otherwise than the path in question. Immutable and safe for use by many threads.
 */
public final class FirstByteAfterToken {
    private final int[] rowStarts;
    private final char[] symbols;
    private final double[] means;
    private final double[] weights;
    private final double[] unigram;

    /** The first symbols of a model's tokens. */
    public FirstByteAfterToken(TailModel model, SortedVocabulary vocabulary) {
        int size = model.vocabularySize();
        rowStarts = new int[size + 1];
        weights = new double[size];
        char[] allSymbols = new char[size];
        double[] allMeans = new double[size];
        unigram = firstSymbols(model.unigram(), null, vocabulary);
        for (int u = 0; u < size; u++) {
            weights[u] = model.conditionalWeight(u);
            double[] row = firstSymbols(model.conditionalMeans(u), model.conditionalTokens(u), vocabulary);
            int at = rowStarts[u];
            for (int symbol = 0; symbol < row.length; symbol++) {
                if (row[symbol] > 0) {
                    if (at == allSymbols.length) {
                        allSymbols = Arrays.copyOf(allSymbols, 2 * at);
                        allMeans = Arrays.copyOf(allMeans, 2 * at);
                    }
                    allSymbols[at] = (char) symbol;
                    allMeans[at++] = row[symbol] * weights[u];
                }
            }
            rowStarts[u + 1] = at;
        }
        symbols = Arrays.copyOf(allSymbols, rowStarts[size]);
        means = Arrays.copyOf(allMeans, rowStarts[size]);
    }

    private static double[] firstSymbols(double[] masses, int @Nullable [] tokens, SortedVocabulary vocabulary) {
        double[] first = new double[ByteDistributions.SYMBOLS];
        for (int i = 0; i < masses.length; i++) {
            int rank = vocabulary.rank(tokens == null ? i : tokens[i]);
            if (rank != SortedVocabulary.NONE) {
                first[vocabulary.symbol(rank, 0)] += masses[i];
            }
        }
        return first;
    }

    /**
     * Adds {@code scale} times the part of B_u that was seen after {@code token} to {@code masses}, and returns what is
     * left of {@code scale} for {@link #addUnigram}.
     */
    double addSeen(int token, double scale, double[] masses) {
        for (int i = rowStarts[token]; i < rowStarts[token + 1]; i++) {
            masses[symbols[i]] += scale * means[i];
        }
        return scale * (1 - weights[token]);
    }

    /** Adds {@code scale} times the distribution of first symbols over all positions to {@code masses}. */
    void addUnigram(double scale, double[] masses) {
        for (int symbol = 0; symbol < unigram.length; symbol++) {
            masses[symbol] += scale * unigram[symbol];
        }
    }

    /** B_u, `[257]`; it sums to 1 but for tokens without a symbol. A copy. */
    public double[] after(int token) {
        double[] masses = new double[ByteDistributions.SYMBOLS];
        addUnigram(addSeen(token, 1, masses), masses);
        return masses;
    }
}
