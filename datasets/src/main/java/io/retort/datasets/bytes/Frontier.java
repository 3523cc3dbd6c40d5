package io.retort.datasets.bytes;

import io.retort.datasets.logits.StoredDistribution;
import java.util.ArrayList;
import java.util.List;

/**
 * The boundaries from which some token reaches a position, each with its weight W: the probability of arriving at it
 * over that of arriving at the last boundary of the actual tokenisation. Not thread-safe.
 */
final class Frontier {
    /** Weights are e^600 at most, so that sums of them stay finite. */
    private static final double MOST_LOG_WEIGHT = 600;
    /** The most boundaries beside those of the actual tokenisation; what passes it is not followed further. */
    private static final int MOST_OFF_PATH = 64;

    private final AlignmentModel model;
    private final SortedVocabulary vocabulary;
    /** Those in use, then spare ones. */
    private final List<Boundary> boundaries = new ArrayList<>();

    private final double[] weights;
    private int active;
    private double reference;
    private Boundary actual = new Boundary();

    Frontier(AlignmentModel model) {
        this.model = model;
        this.vocabulary = model.vocabulary();
        this.weights = new double[vocabulary.longestToken() + 1 + MOST_OFF_PATH];
        boundaries.add(actual);
    }

    /** Forgets all boundaries. */
    void clear() {
        active = 0;
        reference = 0;
    }

    int size() {
        return active;
    }

    Boundary boundary(int index) {
        return boundaries.get(index);
    }

    /** W of a boundary. */
    double weight(int index) {
        return weights[index];
    }

    /** Whether it is the last boundary of the actual tokenisation. */
    boolean isActual(int index) {
        return boundaries.get(index) == actual;
    }

    /** Log-probability of all paths that arrive here: by the tokens at each boundary that are just its u. */
    double logArrival() {
        if (active == 0) {
            return 0;
        }
        PrefixTree tree = vocabulary.tree();
        double arrival = 0;
        for (int index = 0; index < active; index++) {
            Boundary boundary = boundaries.get(index);
            int terminalEnd = tree.terminalEnd(boundary.node());
            for (int rank = tree.firstRank(boundary.node()); rank < terminalEnd; rank++) {
                arrival += weights[index] * boundary.probabilityOfRank(rank, model.tail());
            }
        }
        // Where even the actual token's probability underflows, the path goes on with the least weight there is.
        return arrival > 0 ? reference + Math.log(arrival) : reference - MOST_LOG_WEIGHT;
    }

    /** Adds the next boundary of the actual tokenisation and makes all weights relative to it. */
    void openActual(int afterToken, double logPrefix, StoredDistribution stored) {
        actual = spare();
        actual.openStored(afterToken, logPrefix, stored, model);
        active++;
        double most = logPrefix;
        for (int index = 0; index < active; index++) {
            most = Math.max(most, boundaries.get(index).logPrefix());
        }
        reference = Math.max(logPrefix, most - MOST_LOG_WEIGHT);
        for (int index = 0; index < active; index++) {
            weights[index] = Math.exp(boundaries.get(index).logPrefix() - reference);
        }
    }

    /** Adds a boundary that the actual tokenisation has not, with this weight. */
    void openOffPath(int afterToken, double weight) {
        if (active < MOST_OFF_PATH) {
            spare().openMean(afterToken, reference + Math.log(weight));
            weights[active++] = weight;
        }
    }

    private Boundary spare() {
        if (active == boundaries.size()) {
            boundaries.add(new Boundary());
        }
        return boundaries.get(active);
    }

    /** Moves on by one byte and drops the boundaries from which no token reaches further. */
    void advance(int symbol) {
        int kept = 0;
        for (int index = 0; index < active; index++) {
            Boundary boundary = boundaries.get(index);
            if (boundary.advance(symbol, vocabulary)) {
                weights[kept] = weights[index];
                boundaries.set(index, boundaries.get(kept));
                boundaries.set(kept++, boundary);
            }
        }
        active = kept;
    }
}
