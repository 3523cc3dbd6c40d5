package io.retort.datasets.bytes;

import java.util.Arrays;

/** Collects distributions of consecutive positions in the order and precision of the format. Not thread-safe. */
final class ByteDistributionsBuilder {
    private final byte[] counts;
    private final char[] rest;
    private final byte[] confidence;
    private char[] symbols;
    private char[] probabilities;
    private int positions;
    private int entries;

    private final int[] topSymbols;
    private final double[] topMasses;
    private final int[] topUnits;

    ByteDistributionsBuilder(int positions) {
        this(positions, ByteDistributions.STANDARD_SYMBOLS);
    }

    /** @param mostSymbols symbols of a position that are kept at most */
    ByteDistributionsBuilder(int positions, int mostSymbols) {
        topSymbols = new int[mostSymbols];
        topMasses = new double[mostSymbols];
        topUnits = new int[mostSymbols];
        counts = new byte[positions];
        rest = new char[positions];
        confidence = new byte[positions];
        symbols = new char[4 * positions];
        probabilities = new char[4 * positions];
    }

    /**
     * Adds a position.
     *
     * @param masses in proportion to the probabilities, `[257]`, not negative, not all zero
     * @param total their sum
     */
    void add(double[] masses, double total, double trust) {
        int found = selectTop(masses);
        int sum = 0;
        int kept = 0;
        for (int rank = 0; rank < found; rank++) {
            topUnits[rank] = (int) Math.rint(topMasses[rank] / total * ByteDistributions.UNITS);
            if (topUnits[rank] == 0) {
                break; // smaller ones follow
            }
            sum += topUnits[rank];
            kept++;
        }
        if (sum > ByteDistributions.UNITS) {
            topUnits[0] -= sum - ByteDistributions.UNITS; // at most half a unit a symbol, from the largest
            sum = ByteDistributions.UNITS;
        }
        if (entries + kept > symbols.length) {
            symbols = Arrays.copyOf(symbols, 2 * symbols.length + kept);
            probabilities = Arrays.copyOf(probabilities, symbols.length);
        }
        for (int rank = 0; rank < kept; rank++) {
            symbols[entries] = (char) topSymbols[rank];
            probabilities[entries++] = (char) topUnits[rank];
        }
        counts[positions] = (byte) kept;
        rest[positions] = (char) (ByteDistributions.UNITS - sum);
        confidence[positions] = (byte) Math.rint(255 * Math.max(0, Math.min(1, trust)));
        positions++;
    }

    ByteDistributions build() {
        return new ByteDistributions(
                counts, Arrays.copyOf(symbols, entries), Arrays.copyOf(probabilities, entries), rest, confidence);
    }

    /** The most likely symbols by insertion: of equal ones the lowest comes first. */
    private int selectTop(double[] masses) {
        int found = 0;
        double least = 0; // what does not pass it is not among the top, or is zero
        for (int symbol = 0; symbol < masses.length; symbol++) {
            double mass = masses[symbol];
            if (!(mass > least)) {
                continue;
            }
            int at = Math.min(found, topMasses.length - 1);
            while (at > 0 && topMasses[at - 1] < mass) {
                topMasses[at] = topMasses[at - 1];
                topSymbols[at] = topSymbols[at - 1];
                at--;
            }
            topMasses[at] = mass;
            topSymbols[at] = symbol;
            found = Math.min(found + 1, topMasses.length);
            if (found == topMasses.length) {
                least = topMasses[found - 1];
            }
        }
        return found;
    }
}
