package io.retort.datasets.bytes;

import java.util.Arrays;

/**
 * N(b): the mass that each next symbol gets from the boundaries before a position, and how much of it is a guess. Reused
 * for one position after another; not thread-safe.
 */
final class NextSymbol {
    private static final int MOST_OFF_PATH_TOKENS = 256;

    private final SortedVocabulary vocabulary;
    private final PrefixTree tree;
    private final PrefixTail tail;
    private final FirstByteAfterToken firstBytes;

    /** N, `[257]`. */
    private final double[] masses = new double[ByteDistributions.SYMBOLS];
    /** The tail's part at the boundary in hand, and how many tokens of it are not stored, `[257]`; else zeros. */
    private final double[] tailMasses = new double[ByteDistributions.SYMBOLS];

    private final int[] tailTokens = new int[ByteDistributions.SYMBOLS];
    /** How much of the mean over all positions is still to be added, for off-path tokens. */
    private double unigramScale;

    private double guessed;

    /** The off-path tokens of the position, as far as there is room. */
    private final int[] offPathIds = new int[MOST_OFF_PATH_TOKENS];

    private final double[] offPathMasses = new double[MOST_OFF_PATH_TOKENS];
    private int offPathTokens;

    NextSymbol(AlignmentModel model) {
        vocabulary = model.vocabulary();
        tree = vocabulary.tree();
        tail = model.tail();
        firstBytes = model.firstBytes();
    }

    void clear() {
        Arrays.fill(masses, 0);
        unigramScale = 0;
        guessed = 0;
        offPathTokens = 0;
    }

    /** Adds the tokens at a boundary that start with u and go on, with this W. */
    void addTokens(Boundary boundary, double weight) {
        int node = boundary.node();
        int depth = boundary.depth();
        boolean hasTail = boundary.tailScale() > 0;
        if (hasTail) {
            openTail(boundary, weight * boundary.tailScale());
        }
        int end = boundary.end();
        int terminalEnd = tree.terminalEnd(node);
        for (int e = boundary.first(); e < end; e++) {
            int rank = boundary.rank(e);
            if (rank < terminalEnd) {
                continue;
            }
            int symbol = vocabulary.symbol(rank, depth);
            masses[symbol] += weight * boundary.probability(e);
            if (hasTail) {
                tailMasses[symbol] -= weight * boundary.tailScale() * boundary.tailProbability(e);
                tailTokens[symbol]--;
            }
        }
        if (hasTail) {
            closeTail(node);
        }
    }

    /** Sets the tail's mass of each child of u, stored tokens included. */
    private void openTail(Boundary boundary, double scale) {
        int node = boundary.node();
        int firstChild = tree.firstChild(node);
        int endChild = tree.endChild(node);
        if (node == SortedVocabulary.ROOT) {
            firstBytes.addUnigram(firstBytes.addSeen(boundary.previous(), scale, tailMasses), tailMasses);
        }
        for (int child = firstChild; child < endChild; child++) {
            int symbol = tree.symbol(child);
            int from = tree.firstRank(child);
            int to = tree.endRank(child);
            tailTokens[symbol] = to - from;
            if (node != SortedVocabulary.ROOT) {
                tailMasses[symbol] = scale * tail.mass(boundary.previous(), from, to);
            }
        }
    }

    /** Adds the tail's mass of the tokens that are not stored; where all are stored, rounding may have left some. */
    private void closeTail(int node) {
        int endChild = tree.endChild(node);
        for (int child = tree.firstChild(node); child < endChild; child++) {
            int symbol = tree.symbol(child);
            if (tailTokens[symbol] > 0 && tailMasses[symbol] > 0) {
                masses[symbol] += tailMasses[symbol];
                guessed += tailMasses[symbol];
            }
            tailMasses[symbol] = 0;
        }
    }

    /** Adds the tokens at a boundary that are just u, each followed by the mean distribution after it. */
    void addOffPath(Boundary boundary, double weight) {
        int terminalEnd = tree.terminalEnd(boundary.node());
        for (int rank = tree.firstRank(boundary.node()); rank < terminalEnd; rank++) {
            double mass = weight * boundary.probabilityOfRank(rank, tail);
            int token = vocabulary.id(rank);
            unigramScale += firstBytes.addSeen(token, mass, masses);
            guessed += mass;
            if (offPathTokens < offPathMasses.length) {
                offPathIds[offPathTokens] = token;
                offPathMasses[offPathTokens++] = mass;
            }
        }
    }

    /** Goes on from the off-path tokens that carry at least this share of all mass. */
    void continueOffPath(double leastMass, Frontier frontier) {
        for (int i = 0; i < offPathTokens; i++) {
            if (offPathMasses[i] > leastMass) {
                frontier.openOffPath(offPathIds[i], offPathMasses[i]);
            }
        }
    }

    /** Makes the actual symbol certain, without confidence: for where nothing else has a mass above zero. */
    void setActual(int symbol) {
        clear();
        masses[symbol] = 1;
        guessed = 1;
    }

    /** Ends the sums of a position and returns the mass of all symbols. */
    double finish() {
        if (unigramScale > 0) {
            firstBytes.addUnigram(unigramScale, masses);
            unigramScale = 0;
        }
        double total = 0;
        for (double mass : masses) {
            total += mass;
        }
        return total;
    }

    /** N, `[257]`, in place. */
    double[] masses() {
        return masses;
    }

    /** The part of N from off-path tokens and from the tail. */
    double guessed() {
        return guessed;
    }
}
