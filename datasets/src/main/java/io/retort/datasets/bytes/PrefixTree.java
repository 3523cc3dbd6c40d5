package io.retort.datasets.bytes;

import java.util.Arrays;

/**
 * The prefix tree of a sorted vocabulary, as arrays over nodes in the order of breadth-first search. Immutable.
 *
 * @param symbols the symbol that leads to the node
 * @param firstRanks the first rank whose token starts with the node's bytes
 * @param terminalEnds the end of the ranks whose token is just the node's bytes; they start at the first rank
 * @param endRanks the end of the ranks whose token starts with the node's bytes
 * @param firstChildren the first child; the children end where those of the next node start
 */
record PrefixTree(int[] symbols, int[] firstRanks, int[] terminalEnds, int[] endRanks, int[] firstChildren) {
    static PrefixTree of(SortedVocabulary vocabulary) {
        Growing tree = new Growing();
        tree.add(0, 0, vocabulary.ranks());
        int depth = 0;
        int levelEnd = tree.size;
        for (int node = 0; node < tree.size; node++) {
            if (node == levelEnd) {
                depth++;
                levelEnd = tree.size;
            }
            tree.expand(node, depth, vocabulary);
        }
        return new PrefixTree(
                Arrays.copyOf(tree.symbols, tree.size),
                Arrays.copyOf(tree.firstRanks, tree.size),
                Arrays.copyOf(tree.terminalEnds, tree.size),
                Arrays.copyOf(tree.endRanks, tree.size),
                Arrays.copyOf(tree.firstChildren, tree.size + 1));
    }

    int symbol(int node) {
        return symbols[node];
    }

    int firstRank(int node) {
        return firstRanks[node];
    }

    int terminalEnd(int node) {
        return terminalEnds[node];
    }

    int endRank(int node) {
        return endRanks[node];
    }

    int firstChild(int node) {
        return firstChildren[node];
    }

    int endChild(int node) {
        return firstChildren[node + 1];
    }

    int child(int node, int symbol) {
        int at = Arrays.binarySearch(symbols, firstChildren[node], firstChildren[node + 1], symbol);
        return at < 0 ? SortedVocabulary.NONE : at;
    }

    private static final class Growing {
        private int[] symbols = new int[1024];
        private int[] firstRanks = new int[1024];
        private int[] terminalEnds = new int[1024];
        private int[] endRanks = new int[1024];
        private int[] firstChildren = new int[1025];
        private int size;

        void add(int symbol, int firstRank, int endRank) {
            if (size == symbols.length) {
                symbols = Arrays.copyOf(symbols, 2 * size);
                firstRanks = Arrays.copyOf(firstRanks, 2 * size);
                terminalEnds = Arrays.copyOf(terminalEnds, 2 * size);
                endRanks = Arrays.copyOf(endRanks, 2 * size);
                firstChildren = Arrays.copyOf(firstChildren, 2 * size + 1);
            }
            symbols[size] = symbol;
            firstRanks[size] = firstRank;
            endRanks[size] = endRank;
            size++;
        }

        /** Adds the children of a node: tokens of a range that are as long as the node come first, being sorted. */
        void expand(int node, int depth, SortedVocabulary vocabulary) {
            int end = endRanks[node];
            int rank = firstRanks[node];
            // The end of text has no bytes, but is a child of the root by its symbol: it ends there.
            while (rank < end && depth > 0 && vocabulary.length(rank) <= depth) {
                rank++;
            }
            terminalEnds[node] = rank;
            firstChildren[node] = size;
            while (rank < end) {
                int first = rank;
                int symbol = vocabulary.symbol(rank, depth);
                while (rank < end && vocabulary.symbol(rank, depth) == symbol) {
                    rank++;
                }
                add(symbol, first, rank);
            }
            firstChildren[node + 1] = size;
        }
    }
}
