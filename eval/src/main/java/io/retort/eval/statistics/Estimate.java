package io.retort.eval.statistics;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * A figure over a set of documents with its bootstrap replicates.
 *
 * <p>Estimates over the same documents, made with the same settings, met the same weights in each replicate: arithmetic on
 * them replicate by replicate is a paired bootstrap. Immutable and thread-safe.
 */
public final class Estimate {
    /** The share of replicates that may be undefined (no document drawn) before the interval is. */
    private static final double LARGEST_UNDEFINED_SHARE = 0.01;
    /** Replicates that differ by no more than rounding do not differ. */
    private static final double UNVARIED = 1e-12;

    private final double value;
    private final double[] replicates;
    private final DocumentSet documents;
    private final boolean ofTrials;

    Estimate(double value, double[] replicates, DocumentSet documents) {
        this(value, replicates, documents, false);
    }

    Estimate(double value, double[] replicates, DocumentSet documents, boolean ofTrials) {
        this.value = value;
        this.replicates = replicates;
        this.documents = documents;
        this.ofTrials = ofTrials;
    }

    /** The figure itself; NaN if no document defines it. */
    public double value() {
        return value;
    }

    public boolean isDefined() {
        return !Double.isNaN(value);
    }

    public DocumentSet documents() {
        return documents;
    }

    /** Whether this is the share of documents that succeeded: a mean of nothing but zeros and ones. */
    public boolean isOfTrials() {
        return ofTrials;
    }

    /** A copy of the figure in each replicate; NaN in a replicate that drew no document. */
    public double[] replicates() {
        return replicates.clone();
    }

    /** The percentile interval, with the quantile that interpolates between order statistics (type 7). */
    public Interval interval(double level) {
        double[] sorted = definedReplicates();
        if (!isDefined() || replicates.length - sorted.length > LARGEST_UNDEFINED_SHARE * replicates.length) {
            return Interval.undefined(level);
        }
        Arrays.sort(sorted);
        double tail = (1 - level) / 2;
        return new Interval(
                quantile(sorted, tail), quantile(sorted, 1 - tail), level, IntervalMethod.POISSON_BOOTSTRAP);
    }

    /** The standard deviation of the replicates; NaN where there are fewer than two. */
    public double standardError() {
        double[] defined = definedReplicates();
        if (defined.length < 2) {
            return Double.NaN;
        }
        double mean = Arrays.stream(defined).sum() / defined.length;
        double squares = 0;
        for (double replicate : defined) {
            squares += (replicate - mean) * (replicate - mean);
        }
        return Math.sqrt(squares / (defined.length - 1));
    }

    /** Whether every replicate gives the same figure: then the bootstrap says nothing about how sure it is. */
    public boolean isUnvaried() {
        double[] defined = definedReplicates();
        double tolerance = UNVARIED * Math.max(1, Math.abs(value));
        return isDefined() && Arrays.stream(defined).allMatch(replicate -> Math.abs(replicate - value) <= tolerance);
    }

    /** Whether both are over the same documents, so that {@link #minus} and {@link #combine} have a meaning. */
    public boolean isPairedWith(Estimate other) {
        return documents.equals(other.documents) && replicates.length == other.replicates.length;
    }

    /**
     * This − other, paired.
     *
     * @throws IllegalArgumentException if the two are over different documents
     */
    public Estimate minus(Estimate other) {
        return combine(other, (mine, theirs) -> mine - theirs);
    }

    /**
     * The function of both figures, in the whole and in each replicate.
     *
     * @throws IllegalArgumentException if the two are over different documents
     */
    public Estimate combine(Estimate other, DoubleBinaryOperator function) {
        if (!isPairedWith(other)) {
            throw new IllegalArgumentException(
                    "expected estimates over the same documents, found " + documents + " with " + replicates.length
                            + " replicates and " + other.documents + " with " + other.replicates.length);
        }
        double[] combined = new double[replicates.length];
        for (int r = 0; r < combined.length; r++) {
            combined[r] = function.applyAsDouble(replicates[r], other.replicates[r]);
        }
        return new Estimate(function.applyAsDouble(value, other.value), combined, documents);
    }

    private double[] definedReplicates() {
        return Arrays.stream(replicates).filter(Double::isFinite).toArray();
    }

    static double quantile(double[] sorted, double probability) {
        double position = probability * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
