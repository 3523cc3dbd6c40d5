package io.retort.datasets.logits;

/**
 * A teacher's distribution as it can be rebuilt from what is stored: some tokens with their probabilities, and a mass
 * for all the others together. The actual token is always among the former, with its probability to the full; the
 * others are scaled so that all of them and the tail sum to 1, which takes out what their quantisation errors have in
 * common. One instance serves many positions, one after another; not thread-safe.
 */
public final class StoredDistribution {
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
            tailMass = Math.max(0, tailMass - actualProbability);
            actualAt = count++;
            ids[actualAt] = actual;
        }
        double scale = others > 0 ? Math.max(0, 1 - tailMass - actualProbability) / others : 0;
        for (int e = 0; e < count; e++) {
            probabilities[e] *= scale;
        }
        probabilities[actualAt] = actualProbability;
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
