package io.retort.datasets.bytes;

import io.retort.datasets.logits.EntrySelection;
import io.retort.datasets.logits.StoredDistribution;
import java.util.Arrays;

/**
 * The distribution over tokens at one place where a token ends, and what of it agrees with the bytes u since. Reused for
 * one boundary after another; not thread-safe.
 */
final class Boundary {
    private final int[] ranks = new int[EntrySelection.LIMIT + 1];
    private final double[] probabilities = new double[EntrySelection.LIMIT + 1];
    private final double[] tailProbabilities = new double[EntrySelection.LIMIT + 1];
    private final long[] order = new long[EntrySelection.LIMIT + 1];

    private int previous;
    private double logPrefix;
    private double tailScale;
    private int node;
    private int depth;
    private int first;
    private int end;

    /**
     * Takes the teacher's distribution at a boundary that no byte has followed yet.
     *
     * @param afterToken the token before the boundary
     * @param prefix log-probability of arriving at the boundary
     */
    void openStored(int afterToken, double prefix, StoredDistribution stored, AlignmentModel model) {
        openMean(afterToken, prefix);
        for (int e = 0; e < stored.count(); e++) {
            int rank = model.vocabulary().rank(stored.id(e));
            if (rank != SortedVocabulary.NONE) {
                order[end++] = (long) rank << 32 | e;
            }
        }
        Arrays.sort(order, 0, end);
        double modelled = 0;
        for (int i = 0; i < end; i++) {
            ranks[i] = (int) (order[i] >>> 32);
            probabilities[i] = stored.probability((int) order[i]);
            if (stored.tailMass() > 0) {
                tailProbabilities[i] = model.tail().mass(previous, ranks[i]);
                modelled += tailProbabilities[i];
            }
        }
        tailScale = modelled < 1 ? stored.tailMass() / (1 - modelled) : 0;
    }

    /** Takes the mean distribution after a token, in place of one that the teacher was not asked for. */
    void openMean(int afterToken, double prefix) {
        previous = afterToken;
        logPrefix = prefix;
        node = SortedVocabulary.ROOT;
        depth = 0;
        first = 0;
        end = 0;
        tailScale = 1;
    }

    /** Appends a byte to u; false if no token starts with it any more. */
    boolean advance(int symbol, SortedVocabulary vocabulary) {
        node = vocabulary.child(node, symbol);
        if (node == SortedVocabulary.NONE) {
            return false;
        }
        depth++;
        int from = vocabulary.tree().firstRank(node);
        int to = vocabulary.tree().endRank(node);
        while (first < end && ranks[first] < from) {
            first++;
        }
        while (first < end && ranks[end - 1] >= to) {
            end--;
        }
        return true;
    }

    /** The probability here of a token that is just u. */
    double probabilityOfRank(int rank, PrefixTail tail) {
        for (int e = first; e < end && ranks[e] <= rank; e++) {
            if (ranks[e] == rank) {
                return probabilities[e];
            }
        }
        return tailScale > 0 ? tailScale * tail.mass(previous, rank) : 0;
    }

    /** Log-probability of arriving at the boundary. */
    double logPrefix() {
        return logPrefix;
    }

    /** The token before the boundary. */
    int previous() {
        return previous;
    }

    /** The node of u. */
    int node() {
        return node;
    }

    /** The length of u in bytes. */
    int depth() {
        return depth;
    }

    /** The first stored token that starts with u. */
    int first() {
        return first;
    }

    /** The end of the stored tokens that start with u; they are sorted by rank. */
    int end() {
        return end;
    }

    /** The rank of a stored token. */
    int rank(int entry) {
        return ranks[entry];
    }

    /** The probability of a stored token. */
    double probability(int entry) {
        return probabilities[entry];
    }

    /** The probability that the tail model gives to a stored token: what to take out of a range. */
    double tailProbability(int entry) {
        return tailProbabilities[entry];
    }

    /** What the tail model's probability of a token that is not stored is multiplied with. */
    double tailScale() {
        return tailScale;
    }
}
