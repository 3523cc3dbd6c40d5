package io.retort.datasets.logits;

/**
 * A teacher's distribution as it can be rebuilt from what is stored: some tokens with their probabilities, and a mass
 * for all the others together. The actual token is always among the former, with its probability to the full; the
 * others are scaled so that all of them and the tail sum to 1, which takes out what their quantisation errors have in
 * common. What rounding alone could have taken is not taken: no token becomes impossible because of it. One instance
 * serves many positions, one after another; not thread-safe.
 */
public final class StoredDistribution {
    /** How far a tail mass of eight significant bits may be from what was rounded, relative to it. */
    private static final double TAIL_ROUNDING = 0x1p-8;
    /** How far a sum of 1 may be from 1 in a teacher's float32. */
    private static final double SUM_ROUNDING = 0x1p-20;

    private int count;
    private int[] ids = new int[EntrySelection.LIMIT + 1];
    private double[] probabilities = new double[EntrySelection.LIMIT + 1];
    private double tailMass;

    /**
     * Takes the distribution of {@code row.tokenIds()[position]}.
     *
     * @param start where the position's entries start, of {@link StoredEntries#starts()}
     */
    public void load(LogitRow row, int position, int start) {
        StoredEntries entries = row.entries();
        int actual = row.tokenIds()[position];
        double actualProbability = Math.exp(row.logProbabilities()[position]);
        count = entries.counts()[position];
        int actualAt = -1;
        double others = 0;
        for (int e = 0; e < count; e++) {
            ids[e] = entries.ids()[start + e];
            probabilities[e] = QuantisedLogProbability.probability(entries.codes()[start + e] & 0xFF);
            if (ids[e] == actual) {
                actualAt = e;
            } else {
                others += probabilities[e];
            }
        }
        tailMass = entries.tailMass()[position];
        if (actualAt < 0) {
            tailMass = Math.max(tailMass * TAIL_ROUNDING, tailMass - actualProbability);
            actualAt = count++;
            ids[actualAt] = actual;
        }
        share(actualAt, actualProbability, others);
    }

    /** Gives the entries other than the actual token's, which sum to {@code others}, what it and the tail leave. */
    private void share(int actualAt, double actualProbability, double others) {
        double rounding = SUM_ROUNDING + tailMass * TAIL_ROUNDING;
        double left = Math.max(1 - tailMass - actualProbability, Math.min(others, rounding));
        if (others == 0) {
            tailMass += left;
            left = 0;
        }
        double total = left + actualProbability + tailMass;
        for (int e = 0; e < count; e++) {
            probabilities[e] *= others > 0 ? left / others / total : 0;
        }
        probabilities[actualAt] = actualProbability / total;
        tailMass /= total;
    }

    /** Tokens that have a probability of their own. */
    public int count() {
        return count;
    }

    /** The id of the token at {@code entry}, from 0 to {@code count() - 1}. */
    public int id(int entry) {
        return ids[entry];
    }

    /** The probability of the token at {@code entry}, from 0 to {@code count() - 1}. */
    public double probability(int entry) {
        return probabilities[entry];
    }

    /** The probability of all other tokens together. */
    public double tailMass() {
        return tailMass;
    }

    /**
     * The whole distribution: the tail mass is shared among the other tokens in proportion to the tail model.
     *
     * @param previous the token before this position; the begin-of-sequence token at the start
     * @return probabilities indexed by token id, `[vocabulary]`
     */
    public double[] dense(TailModel tail, int previous) {
        double[] dense = tail.distribution(previous);
        double stored = 0;
        for (int e = 0; e < count; e++) {
            stored += dense[ids[e]];
        }
        double scale = stored < 1 ? tailMass / (1 - stored) : 0;
        for (int id = 0; id < dense.length; id++) {
            dense[id] *= scale;
        }
        for (int e = 0; e < count; e++) {
            dense[ids[e]] = probabilities[e];
        }
        return dense;
    }
}
