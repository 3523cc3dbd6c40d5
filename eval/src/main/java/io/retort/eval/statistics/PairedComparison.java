package io.retort.eval.statistics;

/**
 * Two models on the same documents.
 *
 * @param difference first − second; NaN where the two were not scored on the same documents
 * @param interval the paired bootstrap's interval of the difference
 * @param bootstrapP two-sided: the level at which the percentile interval would just touch zero; never below
 *     2 / (replicates + 1)
 * @param counts on how many documents exactly one of the two was right
 * @param mcNemarP two-sided exact; NaN where no document was scored right or wrong for both
 */
public record PairedComparison(
        double difference, Interval interval, double bootstrapP, PairedCounts counts, double mcNemarP) {

    /** Compares two estimates, which may be over different documents: then nothing but the counts is defined. */
    public static PairedComparison of(Estimate first, Estimate second, PairedCounts counts, double level) {
        double mcNemar = counts.documents() == 0 ? Double.NaN : McNemar.pValue(counts.onlyFirst(), counts.onlySecond());
        if (!first.isDefined() || !second.isDefined() || !first.isPairedWith(second)) {
            return new PairedComparison(Double.NaN, Interval.undefined(level), Double.NaN, counts, mcNemar);
        }
        Estimate difference = first.minus(second);
        return new PairedComparison(
                difference.value(), difference.interval(level), twoSided(difference.replicates()), counts, mcNemar);
    }

    public boolean isDefined() {
        return !Double.isNaN(difference);
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
