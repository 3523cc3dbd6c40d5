package io.retort.datasets.bytes;

/**
 * Distributions of the next symbol at consecutive positions of a text: the most likely symbols, the mass of all others,
 * and how far to trust it. A symbol is a byte, 0 to 255, or {@link #END}. Probabilities are in units of 1/65535; those
 * of a position and its rest sum to exactly 65535 units. Arrays are shared with the caller and must not be changed.
 *
 * @param counts symbols of each position, 0 to {@value #MOST_SYMBOLS}
 * @param symbols the symbols, position after position; within a position by descending probability, then ascending
 * @param probabilities their probabilities in units, 16 bits unsigned, at least 1
 * @param rest for each position the probability of all other symbols together in units, 16 bits unsigned
 * @param confidence for each position the share of the distribution that the teacher vouches for, in 1/255, unsigned
 */
public record ByteDistributions(byte[] counts, char[] symbols, char[] probabilities, char[] rest, byte[] confidence) {
    /** The symbol after the last byte of a text. */
    public static final int END = 256;
    /** How many symbols there are. */
    public static final int SYMBOLS = 257;
    /** The most symbols stored at a position. */
    public static final int MOST_SYMBOLS = 32;
    /** As many as are kept of a position, unless said otherwise. */
    public static final int STANDARD_SYMBOLS = 8;
    /** The probability 1 in units. */
    public static final int UNITS = 65_535;

    public ByteDistributions {
        int positions = counts.length;
        if (rest.length != positions || confidence.length != positions) {
            throw new IllegalArgumentException("expected " + positions + " rests and confidences, found " + rest.length
                    + " and " + confidence.length);
        }
        if (symbols.length != probabilities.length) {
            throw new IllegalArgumentException("expected as many probabilities as symbols, found "
                    + probabilities.length + " for " + symbols.length);
        }
        int at = 0;
        for (int position = 0; position < positions; position++) {
            int end = at + counts[position];
            if (counts[position] < 0 || counts[position] > MOST_SYMBOLS || end > symbols.length) {
                throw new IllegalArgumentException("expected 0 to " + MOST_SYMBOLS + " of " + symbols.length
                        + " symbols at position " + position + ", found " + counts[position] + " from " + at);
            }
            int sum = rest[position] + sumOfUnits(symbols, probabilities, at, end);
            if (sum != UNITS) {
                throw new IllegalArgumentException("expected probabilities that sum to " + UNITS + " units at position "
                        + position + ", found " + sum);
            }
            at = end;
        }
        if (at != symbols.length) {
            throw new IllegalArgumentException(
                    "expected " + at + " symbols, as the counts say, found " + symbols.length);
        }
    }

    private static int sumOfUnits(char[] symbols, char[] probabilities, int start, int end) {
        int sum = 0;
        for (int e = start; e < end; e++) {
            if (symbols[e] > END) {
                throw new IllegalArgumentException(
                        "expected a symbol up to " + END + " at entry " + e + ", found " + (int) symbols[e]);
            }
            sum += probabilities[e];
        }
        return sum;
    }

    /** How many positions there are. */
    public int positions() {
        return counts.length;
    }

    /** Where each position's symbols start, and after the last position where they end: positions + 1 values. */
    public int[] starts() {
        int[] starts = new int[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            starts[i + 1] = starts[i] + counts[i];
        }
        return starts;
    }

    /** The confidence at a position, 0 to 1. */
    public double confidence(int position) {
        return (confidence[position] & 0xFF) / 255.0;
    }
}
