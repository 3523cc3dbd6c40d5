package io.retort.datasets.bytes;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.logits.DocumentRows;
import io.retort.datasets.logits.LogitRow;
import io.retort.datasets.logits.StoredDistribution;
import java.util.Arrays;

/**
 * Turns a document's distributions over tokens into distributions over the next byte. One instance a thread; the model
 * may be shared.
 *
 * <p>With boundaries s_0 < s_1 < … of the actual tokens and i the last boundary at or before byte position j, the mass
 * of next symbol b is the sum over boundaries k ≤ i of W_k · p_k(tokens that start with u·b), where u = text[s_k : j]
 * and W_k = 1 / Π_{m=k..i−1} p_m(t_m); where u itself is a token and j is no boundary, W_k · p_k(u) · B_u(b) is added.
 * After "Exact Byte-Level Probabilities from Tokenized Language Models" (Phan et al.) and "From Language Models over
 * Tokens to Language Models over Characters" (Vieira et al.). docs/byte-targets.md derives it, and what
 * {@link AlignmentMethod#ALL_PATHS} adds.
 */
public final class ByteAligner {
    /** The share of a position's mass above which a path off the actual tokenisation is followed. */
    private static final double LEAST_OFF_PATH_SHARE = 1e-3;

    private final AlignmentModel model;
    private final AlignmentMethod method;
    private final int mostSymbols;
    private final SortedVocabulary vocabulary;
    private final Frontier frontier;
    private final NextSymbol next;
    private final StoredDistribution stored = new StoredDistribution();
    /** Positions still to come that are read and not kept. */
    private int silentPositions;

    /** An aligner by the closest method. */
    public ByteAligner(AlignmentModel model) {
        this(model, AlignmentMethod.ALL_PATHS);
    }

    /** An aligner by a method. */
    public ByteAligner(AlignmentModel model, AlignmentMethod method) {
        this(model, method, ByteDistributions.STANDARD_SYMBOLS);
    }

    /**
     * An aligner by a method.
     *
     * @param mostSymbols symbols of a position that are kept at most, 1 to {@link ByteDistributions#MOST_SYMBOLS}
     */
    public ByteAligner(AlignmentModel model, AlignmentMethod method, int mostSymbols) {
        if (mostSymbols < 1 || mostSymbols > ByteDistributions.MOST_SYMBOLS) {
            throw new IllegalArgumentException(
                    "expected 1 to " + ByteDistributions.MOST_SYMBOLS + " symbols, found " + mostSymbols);
        }
        this.model = model;
        this.method = method;
        this.mostSymbols = mostSymbols;
        this.vocabulary = model.vocabulary();
        this.frontier = new Frontier(model);
        this.next = new NextSymbol(model);
    }

    /**
     * The byte targets of a document.
     *
     * @throws InvalidDataException if the rows are not the whole document, see {@link DocumentRows#fault}
     */
    public ByteTargets align(DocumentRows document) {
        document.fault(model.tokenizer()).ifPresent(fault -> {
            throw new InvalidDataException("document " + document.origin().documentId() + ": " + fault);
        });
        byte[] text = document.spelled(model.tokenizer());
        // What the tokenizer puts in front is read like the text; what comes next there is no target.
        silentPositions = document.prefixBytes(model.tokenizer());
        int silent = silentPositions;
        ByteDistributionsBuilder builder = new ByteDistributionsBuilder(text.length - silent + 1, mostSymbols);
        frontier.clear();
        int previous = vocabulary.bos();
        int offset = 0;
        double logActual = 0;
        int left = document.tokens();
        for (LogitRow row : document.rows()) {
            int[] starts = row.entries().starts();
            for (int position = 0; position < row.tokens(); position++) {
                int token = row.tokenIds()[position];
                int end = offset + length(token, --left, document);
                stored.load(row, position, starts[position]);
                boolean allPaths = method == AlignmentMethod.ALL_PATHS;
                frontier.openActual(previous, allPaths ? frontier.logArrival() : logActual, stored);
                alignToken(text, offset, end, builder);
                logActual += row.logProbabilities()[position];
                previous = token;
                offset = end;
            }
        }
        return new ByteTargets(
                document.origin().documentId(),
                document.origin().domain(),
                document.origin().split(),
                Arrays.copyOfRange(text, silent, text.length),
                document.origin().promptBytes(),
                builder.build());
    }

    private int length(int token, int left, DocumentRows document) {
        int rank = token < vocabulary.vocabularySize() ? vocabulary.rank(token) : SortedVocabulary.NONE;
        int length = rank == SortedVocabulary.NONE ? 0 : vocabulary.length(rank);
        if ((length == 0) != (left == 0)) {
            throw new InvalidDataException("document " + document.origin().documentId()
                    + ": expected tokens with bytes and then the end of text, found token " + token + " with " + left
                    + " to follow");
        }
        return length;
    }

    /** The positions from a token's first byte to before its last one's end; for the end of text its one position. */
    private void alignToken(byte[] text, int offset, int end, ByteDistributionsBuilder builder) {
        sumAtBoundary(offset < end ? text[offset] & 0xFF : ByteDistributions.END, builder);
        for (int j = offset; j < end; j++) {
            frontier.advance(text[j] & 0xFF);
            if (j + 1 < end) {
                sumWithinToken(text[j + 1] & 0xFF, builder);
            }
        }
    }

    private void sumAtBoundary(int actual, ByteDistributionsBuilder builder) {
        addTokens();
        finish(actual, builder);
    }

    private void sumWithinToken(int actual, ByteDistributionsBuilder builder) {
        addTokens();
        if (method.compareTo(AlignmentMethod.OFF_PATH_TOKENS) >= 0) {
            for (int k = 0; k < frontier.size(); k++) {
                next.addOffPath(frontier.boundary(k), frontier.weight(k));
            }
        }
        double total = finish(actual, builder);
        if (method == AlignmentMethod.ALL_PATHS) {
            next.continueOffPath(LEAST_OFF_PATH_SHARE * total, frontier);
        }
    }

    private void addTokens() {
        next.clear();
        for (int k = 0; k < frontier.size(); k++) {
            if (method != AlignmentMethod.CURRENT_TOKEN || frontier.isActual(k)) {
                next.addTokens(frontier.boundary(k), frontier.weight(k));
            }
        }
    }

    private double finish(int actual, ByteDistributionsBuilder builder) {
        double total = next.finish();
        if (!(total > 0)) {
            // The actual token's probability underflows, or its weight does beside an earlier boundary's.
            next.setActual(actual);
            total = 1;
        }
        if (silentPositions > 0) {
            silentPositions--;
        } else {
            builder.add(next.masses(), total, 1 - next.guessed() / total);
        }
        return total;
    }
}
