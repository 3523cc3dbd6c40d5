package io.retort.datasets.logits;

import io.retort.datasets.InvalidDataException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * How much probability a teacher gave to each token after each previous token, summed over a logit dataset. A mergeable
 * state: rows can be added in any order and any grouping with the same result to the last bit, because sums are whole
 * multiples of 2⁻³⁰. Not thread-safe.
 */
public final class TokenTransitions {
    private static final double UNITS = 1 << 30;
    private static final int MAGIC = 0x52545431; // "RTT1"

    private final int vocabularySize;
    private final int bos;
    private final LongCounts masses = new LongCounts();
    private final StoredDistribution stored = new StoredDistribution();

    /**
     * Nothing yet.
     *
     * @param vocabularySize number of token ids
     * @param bos the token that stands before the first of a document
     */
    public TokenTransitions(int vocabularySize, int bos) {
        if (vocabularySize < 1 || bos < 0 || bos >= vocabularySize) {
            throw new IllegalArgumentException(
                    "expected a begin-of-sequence token in a vocabulary of " + vocabularySize + ", found " + bos);
        }
        this.vocabularySize = vocabularySize;
        this.bos = bos;
    }

    /** The number of token ids. */
    public int vocabularySize() {
        return vocabularySize;
    }

    /** The token that stands before the first of a document. */
    public int bos() {
        return bos;
    }

    /**
     * Adds a row's stored distributions. The first position of a later chunk is left out: what precedes it is in another
     * row.
     *
     * @throws IllegalArgumentException if a token is outside the vocabulary
     */
    public void add(LogitRow row) {
        int[] starts = row.entries().starts();
        boolean first = row.origin().chunk() == 0;
        for (int position = first ? 0 : 1; position < row.tokens(); position++) {
            int previous = position == 0 ? bos : row.tokenIds()[position - 1];
            stored.load(row, position, starts[position]);
            for (int e = 0; e < stored.count(); e++) {
                add(previous, stored.id(e), stored.probability(e));
            }
        }
    }

    /**
     * Adds the probabilities that one position gives to some tokens.
     *
     * @param previous the token before the position
     * @throws IllegalArgumentException if a token is outside the vocabulary
     */
    public void add(int previous, int[] ids, double[] probabilities) {
        for (int e = 0; e < ids.length; e++) {
            add(previous, ids[e], probabilities[e]);
        }
    }

    private void add(int previous, int token, double probability) {
        long units = Math.round(probability * UNITS);
        if (units > 0) {
            masses.add(key(previous, token), units);
        }
    }

    /** Adds all that another state holds. */
    public void merge(TokenTransitions other) {
        if (other.vocabularySize != vocabularySize || other.bos != bos) {
            throw new IllegalArgumentException("expected transitions over " + vocabularySize + " tokens from " + bos
                    + ", found " + other.vocabularySize + " from " + other.bos);
        }
        for (long key : other.masses.sortedKeys()) {
            masses.add(key, other.masses.sum(key));
        }
    }

    /** The state as bytes, the same for equal states. */
    public byte[] toBytes() {
        long[] keys = masses.sortedKeys();
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.addExact(4 * Integer.BYTES, Math.multiplyExact(2 * Long.BYTES, keys.length)));
        buffer.putInt(MAGIC).putInt(vocabularySize).putInt(bos).putInt(keys.length);
        for (long key : keys) {
            buffer.putLong(key).putLong(masses.sum(key));
        }
        return buffer.array();
    }

    /**
     * The state of {@link #toBytes()}.
     *
     * @throws InvalidDataException if the bytes are anything else
     */
    public static TokenTransitions fromBytes(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (buffer.getInt() != MAGIC) {
                throw new InvalidDataException("expected token transitions, found another magic number");
            }
            TokenTransitions transitions = new TokenTransitions(buffer.getInt(), buffer.getInt());
            int size = buffer.getInt();
            if (size < 0 || buffer.remaining() != 2L * Long.BYTES * size) {
                throw new InvalidDataException(
                        "expected token transitions with " + size + " entries, found " + buffer.remaining() + " bytes");
            }
            for (int i = 0; i < size; i++) {
                long key = buffer.getLong();
                long units = buffer.getLong();
                if (key < 0 || units <= 0) {
                    throw new InvalidDataException("expected a positive mass of a transition, found " + units);
                }
                transitions.masses.add(transitions.key((int) (key >>> 32), (int) key), units);
            }
            return transitions;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new InvalidDataException("expected token transitions: " + e.getMessage(), e);
        }
    }

    /** Pairs in ascending order, each previous token in the upper and the token in the lower 32 bits. */
    long[] pairs() {
        return masses.sortedKeys();
    }

    /** The probability summed over positions where the pair's previous token stood before. */
    double mass(long pair) {
        return masses.sum(pair) / UNITS;
    }

    private long key(int previous, int token) {
        if (previous < 0 || previous >= vocabularySize || token < 0 || token >= vocabularySize) {
            throw new IllegalArgumentException(
                    "expected tokens of a vocabulary of " + vocabularySize + ", found " + token + " after " + previous);
        }
        return (long) previous << 32 | token;
    }
}
