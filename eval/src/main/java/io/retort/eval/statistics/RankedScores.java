package io.retort.eval.statistics;

import io.retort.inference.digests.SplitMix64;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Scores of documents of two kinds, of which the positive should score higher: the receiver operating characteristic and
 * the area under it, which is the probability that a positive document scores higher than a negative one, half of a tie
 * counted (Mann and Whitney's U over the number of pairs). Immutable, thread-safe.
 */
public final class RankedScores {
    /** Which of the two a document is. */
    public enum Kind {
        POSITIVE,
        NEGATIVE
    }

    /**
     * The score of a document.
     *
     * @param documentHash {@link PoissonWeights#hash} of its id
     */
    public record Scored(long documentHash, double score, Kind kind) {
        public Scored {
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException("expected a finite score, found " + score);
            }
        }
    }

    /** A point of the curve: shares of the negative and of the positive documents that score beyond a threshold. */
    public record Point(double falsePositiveRate, double truePositiveRate) {}

    /** The greatest score first. */
    private final List<Scored> sorted;

    /** The scores, in any order. */
    public RankedScores(List<Scored> scores) {
        sorted = new ArrayList<>(scores);
        sorted.sort(Comparator.comparingDouble(Scored::score)
                .reversed()
                .thenComparingLong(Scored::documentHash)
                .thenComparing(Scored::kind));
    }

    /** The area under the curve; NaN where one kind is missing. Replicates draw documents. */
    public Estimate area(BootstrapSettings bootstrap) {
        int replicates = bootstrap.replicates();
        PoissonWeights poisson = new PoissonWeights(bootstrap);
        // The first of these is the plain sum: positives above, positives and negatives of this score, pairs won.
        double[] above = new double[replicates + 1];
        double[] positives = new double[replicates + 1];
        double[] negatives = new double[replicates + 1];
        double[] won = new double[replicates + 1];
        double[] allNegatives = new double[replicates + 1];
        int[] weights = new int[replicates];
        long set = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Scored scored = sorted.get(i);
            poisson.draw(scored.documentHash(), weights);
            set += SplitMix64.mixed(scored.documentHash());
            double[] kind = scored.kind() == Kind.POSITIVE ? positives : negatives;
            kind[0]++;
            for (int r = 0; r < replicates; r++) {
                kind[r + 1] += weights[r];
            }
            if (i == sorted.size() - 1 || sorted.get(i + 1).score() != scored.score()) {
                for (int r = 0; r <= replicates; r++) {
                    won[r] += negatives[r] * (above[r] + positives[r] / 2);
                    above[r] += positives[r];
                    allNegatives[r] += negatives[r];
                    positives[r] = 0;
                    negatives[r] = 0;
                }
            }
        }
        double[] areas = new double[replicates];
        for (int r = 0; r < replicates; r++) {
            areas[r] = won[r + 1] / (above[r + 1] * allNegatives[r + 1]);
        }
        return new Estimate(won[0] / (above[0] * allNegatives[0]), areas, new DocumentSet(sorted.size(), set));
    }

    /**
     * The interval of an area, or of a mean of areas: normal on the scale of ln(a / (1 − a)) with the standard error of the
     * replicates, since near 1 percentiles reach too little far down. Where every pair is in order, or none, it is Clopper
     * and Pearson's for as many trials as there are documents of the rarer kind.
     *
     * @param rarer how many that are
     */
    public static Interval interval(Estimate area, long rarer, double level) {
        double value = area.value();
        if (!area.interval(level).isDefined()) {
            return Interval.undefined(level);
        }
        if (value == 0 || value == 1) {
            return Proportion.unanimous(value == 0 ? 0 : rarer, rarer, level);
        }
        double logit = Math.log(value / (1 - value));
        double reach = Normal.quantile(1 - (1 - level) / 2) * area.standardError() / (value * (1 - value));
        return new Interval(
                1 / (1 + Math.exp(reach - logit)),
                1 / (1 + Math.exp(-reach - logit)),
                level,
                IntervalMethod.POISSON_BOOTSTRAP);
    }

    /** How many documents the rarer kind has. */
    public long rarer() {
        long positives =
                sorted.stream().filter(scored -> scored.kind() == Kind.POSITIVE).count();
        return Math.min(positives, sorted.size() - positives);
    }

    /**
     * The curve from (0, 0) to (1, 1), a point a score that is met; of more than {@code most} those that lie nearest to
     * equal steps along the curve.
     */
    public List<Point> curve(int most) {
        long positives =
                sorted.stream().filter(scored -> scored.kind() == Kind.POSITIVE).count();
        long negatives = sorted.size() - positives;
        List<Point> all = new ArrayList<>(List.of(new Point(0, 0)));
        long beyondPositive = 0;
        long beyondNegative = 0;
        for (int i = 0; i < sorted.size(); i++) {
            beyondPositive += sorted.get(i).kind() == Kind.POSITIVE ? 1 : 0;
            beyondNegative += sorted.get(i).kind() == Kind.NEGATIVE ? 1 : 0;
            if (i == sorted.size() - 1
                    || sorted.get(i + 1).score() != sorted.get(i).score()) {
                all.add(new Point(
                        (double) beyondNegative / Math.max(1, negatives),
                        (double) beyondPositive / Math.max(1, positives)));
            }
        }
        if (all.size() <= most) {
            return all;
        }
        List<Point> few = new ArrayList<>();
        for (int k = 0; k < most; k++) {
            // Along the curve a point's place is the sum of its rates, which rises from 0 to 2.
            double place = 2.0 * k / (most - 1);
            Point nearest = all.stream()
                    .min(Comparator.comparingDouble(
                            point -> Math.abs(point.falsePositiveRate() + point.truePositiveRate() - place)))
                    .orElseThrow();
            if (few.isEmpty() || !few.get(few.size() - 1).equals(nearest)) {
                few.add(nearest);
            }
        }
        return few;
    }
}
