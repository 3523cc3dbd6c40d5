package io.retort.eval.statistics;

import java.util.Optional;

/**
 * Two models on the same documents.
 *
 * @param difference first − second; NaN where undefined
 * @param interval {@link PairedProportion}'s where every document was right or wrong under both models; else the paired
 *     bootstrap's, and where all documents differ alike, the exact one of accuracies, and none of other figures
 * @param pValue two-sided: {@link McNemar}'s where every document was right or wrong under both models; else the level at
 *     which the bootstrap's interval would just touch zero, which is never below 2 / (replicates + 1)
 * @param counts on how many documents exactly one of the two was right
 * @param documents how many documents the difference is over
 * @param undefinedBecause empty where the difference is defined
 */
public record PairedComparison(
        double difference,
        Interval interval,
        double pValue,
        PairedCounts counts,
        long documents,
        Optional<String> undefinedBecause) {

    /**
     * Compares two accuracies.
     *
     * @param counts of the documents that were right or wrong under both models: all, unless some were guessed at
     */
    public static PairedComparison ofAccuracies(Estimate first, Estimate second, PairedCounts counts, double level) {
        PairedComparison bootstrap = compare(first, second, counts, level);
        if (!bootstrap.isDefined()) {
            return bootstrap;
        }
        if (counts.documents() == bootstrap.documents) {
            return new PairedComparison(
                    bootstrap.difference,
                    PairedProportion.interval(counts, level),
                    McNemar.pValue(counts.onlyFirst(), counts.onlySecond()),
                    counts,
                    bootstrap.documents,
                    bootstrap.undefinedBecause);
        }
        Interval interval = first.minus(second).isUnvaried()
                ? Proportion.unvariedDifference(bootstrap.difference, bootstrap.documents, level)
                : bootstrap.interval;
        return new PairedComparison(
                bootstrap.difference,
                interval,
                bootstrap.pValue,
                counts,
                bootstrap.documents,
                bootstrap.undefinedBecause);
    }

    /** Compares two figures that are no accuracies. */
    public static PairedComparison of(Estimate first, Estimate second, double level) {
        return compare(first, second, PairedCounts.NONE, level);
    }

    private static PairedComparison compare(Estimate first, Estimate second, PairedCounts counts, double level) {
        Optional<String> obstacle = obstacle(first, second);
        if (obstacle.isPresent()) {
            return new PairedComparison(Double.NaN, Interval.undefined(level), Double.NaN, counts, 0, obstacle);
        }
        Estimate difference = first.minus(second);
        long documents = difference.documents().documents();
        if (difference.isUnvaried()) {
            // Nothing to resample: what is left is how often the sign came out the same.
            double p = difference.value() == 0 ? 1 : McNemar.pValue(documents, 0);
            return new PairedComparison(
                    difference.value(), Interval.undefined(level), p, counts, documents, Optional.empty());
        }
        return new PairedComparison(
                difference.value(),
                difference.interval(level),
                twoSided(difference.replicates()),
                counts,
                documents,
                Optional.empty());
    }

    private static Optional<String> obstacle(Estimate first, Estimate second) {
        if (!first.isDefined() || !second.isDefined()) {
            return Optional.of("not both were scored");
        }
        return first.isPairedWith(second)
                ? Optional.empty()
                : Optional.of("scored on different documents: %d and %d"
                        .formatted(
                                first.documents().documents(),
                                second.documents().documents()));
    }

    public boolean isDefined() {
        return undefinedBecause.isEmpty();
    }

    private static double twoSided(double[] differences) {
        long notAbove = 0;
        long notBelow = 0;
        long defined = 0;
        for (double difference : differences) {
            if (!Double.isNaN(difference)) {
                defined++;
                notAbove += difference <= 0 ? 1 : 0;
                notBelow += difference >= 0 ? 1 : 0;
            }
        }
        return Math.min(1, 2.0 * (Math.min(notAbove, notBelow) + 1) / (defined + 1));
    }
}
