package io.retort.eval.statistics;

import java.util.function.DoublePredicate;

/**
 * The interval of the difference of two accuracies on the same documents: all differences that a score test at that level
 * does not reject (Tango, "Equivalence test and confidence interval for the difference in proportions for the paired-sample
 * design", Statistics in Medicine, 1998).
 *
 * <p>It keeps its coverage where the models differ on few documents, all in favour of one, as a retrained model and its
 * predecessor do: there a bootstrap can only draw those few, and its percentiles cover 90% instead of 95%.
 */
final class PairedProportion {
    /** Enough halvings of an interval of length 2 to reach the precision of a double. */
    private static final int HALVINGS = 60;

    private PairedProportion() {}

    /**
     * The interval of first − second; where no document differs, {@link Proportion#unvariedDifference}.
     *
     * @param counts of at least one document
     */
    static Interval interval(PairedCounts counts, double level) {
        long documents = counts.documents();
        if (documents < 1) {
            throw new IllegalArgumentException("expected at least 1 document, found none");
        }
        double difference = (double) (counts.onlyFirst() - counts.onlySecond()) / documents;
        if (counts.onlyFirst() + counts.onlySecond() == 0) {
            return Proportion.unvariedDifference(difference, documents, level);
        }
        double z = Normal.quantile(1 - (1 - level) / 2);
        return new Interval(
                -reach(counts.swapped(), -difference, z), reach(counts, difference, z), level, IntervalMethod.TANGO);
    }

    /** The largest difference that is not rejected, from the one that was found upwards. */
    private static double reach(PairedCounts counts, double found, double z) {
        DoublePredicate kept = difference -> score(counts, difference) >= -z;
        double inside = found;
        double outside = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (inside + outside) / 2;
            if (kept.test(middle)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    /** How many standard errors the found difference lies above another, if that other is the true one. */
    private static double score(PairedCounts counts, double difference) {
        double documents = counts.documents();
        double above = counts.onlyFirst() - counts.onlySecond() - documents * difference;
        double variance = documents * (2 * onlySecond(counts, difference) + difference * (1 - difference));
        return above == 0 ? 0 : above / Math.sqrt(variance);
    }

    /** The likeliest share of documents that only the second model gets right, given the true difference. */
    private static double onlySecond(PairedCounts counts, double difference) {
        double documents = counts.documents();
        double first = counts.onlyFirst();
        double second = counts.onlySecond();
        double a = 2 * documents;
        double b = (2 * documents - first + second) * difference - first - second;
        double c = -second * difference * (1 - difference);
        return (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
    }
}
