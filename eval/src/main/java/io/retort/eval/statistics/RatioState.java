package io.retort.eval.statistics;

import io.retort.inference.digests.SplitMix64;
import java.io.Serializable;

/**
 * The mergeable state of a ratio of two sums over documents (a mean where each denominator is 1) and of its bootstrap
 * replicates: update with documents, merge with other states, finish into an {@link Estimate}.
 *
 * <p>All sums are integers: whatever the order of updates and merges, the same documents give the same bits. Numerators come
 * from {@link FixedPoint}. Memory is 16 bytes a replicate. Not thread-safe.
 */
public final class RatioState implements Serializable {
    private static final long serialVersionUID = 2;
    private static final long SUCCESS = FixedPoint.of(1);

    private final long[] numerators;
    private final long[] denominators;
    private long numerator;
    private long denominator;
    private long documents;
    private long documentSet;
    /** Whether no document was anything but a failure, 0 / 1, or a success, 1 / 1. */
    private boolean ofTrials = true;

    public RatioState(int replicates) {
        this.numerators = new long[replicates];
        this.denominators = new long[replicates];
    }

    /**
     * Adds one document.
     *
     * @param documentHash {@link PoissonWeights#hash} of its id
     * @param top what it adds to the numerator, in steps of {@link FixedPoint#UNIT}; not negative
     * @param bottom what it adds to the denominator: 1 for a mean over documents, a number of bytes for a rate a byte
     * @param weights its weight in each replicate
     * @throws ArithmeticException if a sum leaves 64 bits; the state must not be used after that
     */
    public void update(long documentHash, long top, long bottom, int[] weights) {
        if (top < 0 || bottom < 0 || weights.length < numerators.length) {
            throw new IllegalArgumentException("expected two numbers of at least 0 and " + numerators.length
                    + " weights, found " + top + ", " + bottom + " and " + weights.length);
        }
        requireHeadroom(top, bottom);
        for (int r = 0; r < numerators.length; r++) {
            numerators[r] += weights[r] * top;
            denominators[r] += weights[r] * bottom;
        }
        numerator += top;
        denominator += bottom;
        documents++;
        ofTrials &= bottom == 1 && (top == 0 || top == SUCCESS);
        documentSet += SplitMix64.mixed(documentHash);
    }

    /** A weight is at most 24, so a replicate's sum fits where the plain sum is 32 times smaller than 2^63. */
    private void requireHeadroom(long top, long bottom) {
        long largest = Math.max(Math.addExact(numerator, top), Math.addExact(denominator, bottom));
        if (largest > Long.MAX_VALUE / 32) {
            throw new ArithmeticException("the sum over " + documents + " documents leaves the range of 64 bits");
        }
    }

    /** Adds all documents of another state, which must hold none of this state's documents. */
    public void merge(RatioState other) {
        if (other.numerators.length != numerators.length) {
            throw new IllegalArgumentException(
                    "expected a state of " + numerators.length + " replicates, found " + other.numerators.length);
        }
        requireHeadroom(other.numerator, other.denominator);
        for (int r = 0; r < numerators.length; r++) {
            numerators[r] += other.numerators[r];
            denominators[r] += other.denominators[r];
        }
        numerator += other.numerator;
        denominator += other.denominator;
        documents += other.documents;
        ofTrials &= other.ofTrials;
        documentSet += other.documentSet;
    }

    public long documents() {
        return documents;
    }

    /**
     * The figure of all documents so far, with its replicates.
     *
     * @param scale what the ratio of the exact sums is multiplied with, 1 / ln 2 to turn nats into bits
     */
    public Estimate finish(double scale) {
        double[] replicates = new double[numerators.length];
        for (int r = 0; r < replicates.length; r++) {
            replicates[r] = ratio(numerators[r], denominators[r], scale);
        }
        return new Estimate(
                ratio(numerator, denominator, scale),
                replicates,
                new DocumentSet(documents, documentSet),
                ofTrials && documents > 0 && scale == 1);
    }

    private static double ratio(long top, long bottom, double scale) {
        return bottom == 0 ? Double.NaN : (double) top / (double) bottom * (FixedPoint.UNIT * scale);
    }
}
