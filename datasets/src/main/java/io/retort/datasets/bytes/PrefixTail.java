package io.retort.datasets.bytes;

import io.retort.datasets.logits.TailModel;
import java.util.Arrays;

/**
 * A tail model over the ranks of a sorted vocabulary: the mass of any range of ranks after any token by two binary
 * searches in sums from the left. Immutable and safe for use by many threads.
 */
final class PrefixTail {
    private final int[] rowStarts;
    private final int[] ranks;
    private final double[] sums;
    private final double[] weights;
    private final double[] unigramSums;

    PrefixTail(TailModel model, SortedVocabulary vocabulary) {
        int size = model.vocabularySize();
        if (size != vocabulary.vocabularySize()) {
            throw new IllegalArgumentException(
                    "expected a tail model over " + vocabulary.vocabularySize() + " tokens, found one over " + size);
        }
        unigramSums = new double[vocabulary.ranks() + 1];
        double[] unigram = model.unigram();
        for (int rank = 0; rank < vocabulary.ranks(); rank++) {
            unigramSums[rank + 1] = unigramSums[rank] + unigram[vocabulary.id(rank)];
        }
        weights = new double[size];
        rowStarts = new int[size + 1];
        int[] allRanks = new int[size];
        double[] allSums = new double[size];
        for (int u = 0; u < size; u++) {
            weights[u] = model.conditionalWeight(u);
            long[] order = byRank(model.conditionalTokens(u), vocabulary);
            double[] means = model.conditionalMeans(u);
            int at = rowStarts[u];
            if (at + order.length > allRanks.length) {
                allRanks = Arrays.copyOf(allRanks, 2 * allRanks.length + order.length);
                allSums = Arrays.copyOf(allSums, allRanks.length);
            }
            double sum = 0;
            for (long rankAndIndex : order) {
                sum += weights[u] * means[(int) rankAndIndex];
                allRanks[at] = (int) (rankAndIndex >>> 32);
                allSums[at++] = sum;
            }
            rowStarts[u + 1] = at;
        }
        ranks = Arrays.copyOf(allRanks, rowStarts[size]);
        sums = Arrays.copyOf(allSums, rowStarts[size]);
    }

    private static long[] byRank(int[] tokens, SortedVocabulary vocabulary) {
        long[] order = new long[tokens.length];
        int size = 0;
        for (int i = 0; i < tokens.length; i++) {
            int rank = vocabulary.rank(tokens[i]);
            if (rank != SortedVocabulary.NONE) {
                order[size++] = (long) rank << 32 | i;
            }
        }
        long[] sorted = Arrays.copyOf(order, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The model's probability, after {@code previous}, of the tokens with ranks from {@code from} to before {@code to}. */
    double mass(int previous, int from, int to) {
        double seen = seenBefore(previous, to) - seenBefore(previous, from);
        return seen + (1 - weights[previous]) * (unigramSums[to] - unigramSums[from]);
    }

    /** The model's probability, after {@code previous}, of the token with this rank. */
    double mass(int previous, int rank) {
        int start = rowStarts[previous];
        int at = Arrays.binarySearch(ranks, start, rowStarts[previous + 1], rank);
        double seen = at < 0 ? 0 : at == start ? sums[at] : sums[at] - sums[at - 1];
        return seen + (1 - weights[previous]) * (unigramSums[rank + 1] - unigramSums[rank]);
    }

    private double seenBefore(int previous, int rank) {
        int start = rowStarts[previous];
        int at = Arrays.binarySearch(ranks, start, rowStarts[previous + 1], rank);
        int before = at < 0 ? -at - 1 : at;
        return before == start ? 0 : sums[before - 1];
    }
}
