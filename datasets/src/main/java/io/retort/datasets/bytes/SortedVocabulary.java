package io.retort.datasets.bytes;

import io.retort.datasets.tokenizers.Tokenizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A vocabulary sorted by the tokens' bytes, with its prefix tree: all tokens that start with some bytes are one range of
 * ranks. The end of text is the last rank; its one symbol is {@link ByteDistributions#END}. Other tokens without bytes
 * have no rank. Immutable and safe for use by many threads.
 *
 * <p>A node of the tree stands for a string of bytes that some token starts with. The children of a node are
 * neighbouring node numbers, by ascending symbol.
 */
public final class SortedVocabulary {
    /** The node of the empty string. */
    static final int ROOT = 0;
    /** In place of a node: no token starts with these bytes. In place of a rank: the token has none. */
    static final int NONE = -1;

    private final int vocabularySize;
    private final int bos;
    private final int eos;
    private final int[] idOfRank;
    private final int[] rankOfId;
    private final int[] bytesStart;
    private final byte[] bytes;
    private final int longest;
    private final PrefixTree tree;
    private final int[] rootChild = new int[256];

    /** The tokens of a tokenizer. */
    public SortedVocabulary(Tokenizer tokenizer) {
        vocabularySize = tokenizer.vocabularySize();
        bos = tokenizer.bos();
        eos = tokenizer.eos();
        byte[][] tokens =
                IntStream.range(0, vocabularySize).mapToObj(tokenizer::bytesOf).toArray(byte[][]::new);
        if (tokens[eos].length != 0) {
            throw new IllegalArgumentException(
                    "expected an end of text without bytes, found token " + eos + " with " + tokens[eos].length);
        }
        idOfRank = sorted(tokens);
        rankOfId = new int[vocabularySize];
        Arrays.fill(rankOfId, NONE);
        bytesStart = new int[idOfRank.length + 1];
        int longestYet = 0;
        for (int rank = 0; rank < idOfRank.length; rank++) {
            byte[] token = tokens[idOfRank[rank]];
            rankOfId[idOfRank[rank]] = rank;
            bytesStart[rank + 1] = bytesStart[rank] + token.length;
            longestYet = Math.max(longestYet, token.length);
        }
        longest = longestYet;
        rankOfId[eos] = idOfRank.length;
        bytes = new byte[bytesStart[idOfRank.length]];
        for (int rank = 0; rank < idOfRank.length; rank++) {
            byte[] token = tokens[idOfRank[rank]];
            System.arraycopy(token, 0, bytes, bytesStart[rank], token.length);
        }
        tree = PrefixTree.of(this);
        Arrays.fill(rootChild, NONE);
        for (int child = tree.firstChild(ROOT); child < tree.endChild(ROOT); child++) {
            if (tree.symbol(child) < rootChild.length) {
                rootChild[tree.symbol(child)] = child;
            }
        }
    }

    /** The tokens with bytes, by their bytes; of equal ones the lowest id comes first. */
    private static int[] sorted(byte[][] tokens) {
        return IntStream.range(0, tokens.length)
                .filter(id -> tokens[id].length > 0)
                .boxed()
                .sorted(Comparator.<Integer, byte[]>comparing(id -> tokens[id], Arrays::compareUnsigned)
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The number of token ids, those without a rank included. */
    public int vocabularySize() {
        return vocabularySize;
    }

    /** The number of ranks: tokens with bytes, and the end of text. */
    public int ranks() {
        return idOfRank.length + 1;
    }

    /** The most bytes that a token has. */
    public int longestToken() {
        return longest;
    }

    int bos() {
        return bos;
    }

    int eos() {
        return eos;
    }

    /** The token of a rank. */
    int id(int rank) {
        return rank == idOfRank.length ? eos : idOfRank[rank];
    }

    /** The rank of a token, or {@link #NONE}. */
    int rank(int id) {
        return rankOfId[id];
    }

    /** How many bytes the token of a rank has; the end of text has none. */
    int length(int rank) {
        return rank == idOfRank.length ? 0 : bytesStart[rank + 1] - bytesStart[rank];
    }

    /** What the token of a rank has after its first {@code depth} bytes: a byte, or the end of text. */
    int symbol(int rank, int depth) {
        return rank == idOfRank.length ? ByteDistributions.END : bytes[bytesStart[rank] + depth] & 0xFF;
    }

    PrefixTree tree() {
        return tree;
    }

    /** The node one byte further, or {@link #NONE}. */
    int child(int node, int symbol) {
        return node == ROOT ? rootChild[symbol] : tree.child(node, symbol);
    }
}
