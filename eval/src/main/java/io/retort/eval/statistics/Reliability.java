package io.retort.eval.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far probabilities are from the shares of what comes true: the expected calibration error over bins of equal mass,
 * Σ |Σ confidence − Σ right| / n with the inner sums over a bin and the outer over bins.
 *
 * <p>The interval is a Poisson bootstrap over documents with the bins kept. A resampled error is too large by as much again
 * as the error itself, since noise adds to each bin's gap: hence the basic interval, and on the squared error, where noise
 * adds: [√(2e² − q₉₇.₅²), √(2e² − q₂.₅²)], q the quantiles of the replicates, 0 in place of the root of a negative number.
 *
 * @param error e, 0 to 1; NaN without predictions
 * @param predictions how many
 * @param documents how many documents they are about
 * @param bins by rising confidence
 */
public record Reliability(double error, Interval interval, long predictions, long documents, List<Bin> bins) {
    /** As many as there are where no confidence is met twice. */
    public static final int BINS = 15;

    /** A bin: means over its predictions. */
    public record Bin(long predictions, double confidence, double right) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /** The reliability of predictions; those of equal confidence share a bin. Their order does not matter. */
    public static Reliability of(List<Prediction> predictions, BootstrapSettings bootstrap) {
        List<Prediction> sorted = new ArrayList<>(predictions);
        sorted.sort(Comparator.comparingDouble(Prediction::confidence)
                .thenComparingLong(Prediction::documentHash)
                .thenComparing(Prediction::outcome));
        int[] binOf = bins(sorted);
        int count = sorted.isEmpty() ? 0 : binOf[sorted.size() - 1] + 1;
        double[][] whole = new double[count][3];
        Map<Long, List<Integer>> byDocument = new TreeMap<>();
        for (int i = 0; i < binOf.length; i++) {
            Prediction prediction = sorted.get(i);
            byDocument
                    .computeIfAbsent(prediction.documentHash(), hash -> new ArrayList<>())
                    .add(i);
            whole[binOf[i]][0]++;
            whole[binOf[i]][1] += prediction.confidence();
            whole[binOf[i]][2] += prediction.outcome() == Prediction.Outcome.RIGHT ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        double gaps = 0;
        for (double[] bin : whole) {
            bins.add(new Bin((long) bin[0], bin[1] / bin[0], bin[2] / bin[0]));
            gaps += Math.abs(bin[1] - bin[2]);
        }
        double error = gaps / sorted.size();
        Replicates replicates = replicates(sorted, binOf, whole, byDocument, bootstrap);
        return new Reliability(
                error, interval(error, replicates, bootstrap.level()), sorted.size(), byDocument.size(), bins);
    }

    /** The bin of each prediction. */
    private static int[] bins(List<Prediction> sorted) {
        int[] binOf = new int[sorted.size()];
        int bin = 0;
        int cut = 0;
        for (int i = 0; i < binOf.length; i++) {
            boolean full = i >= Math.round((double) (cut + 1) * binOf.length / BINS);
            if (full && sorted.get(i).confidence() != sorted.get(i - 1).confidence()) {
                bin++;
                while (i >= Math.round((double) (cut + 1) * binOf.length / BINS)) {
                    cut++;
                }
            }
            binOf[i] = bin;
        }
        return binOf;
    }

    /**
     * The error in each replicate.
     *
     * @param errors with the size of each bin's gap
     * @param signed with each bin's gap counted towards the side it has in the data: linear, so that its spread does not shrink
     *     where resampled gaps change sides
     */
    private record Replicates(double[] errors, double[] signed) {}

    private static Replicates replicates(
            List<Prediction> sorted,
            int[] binOf,
            double[][] whole,
            Map<Long, List<Integer>> byDocument,
            BootstrapSettings bootstrap) {
        int count = binOf.length == 0 ? 0 : binOf[binOf.length - 1] + 1;
        double[][] gaps = new double[count][bootstrap.replicates()];
        double[] mass = new double[bootstrap.replicates()];
        PoissonWeights poisson = new PoissonWeights(bootstrap);
        int[] weights = new int[bootstrap.replicates()];
        byDocument.forEach((hash, own) -> {
            poisson.draw(hash, weights);
            double[] excess = new double[count];
            for (int i : own) {
                excess[binOf[i]] += sorted.get(i).excess();
            }
            for (int b = 0; b < count; b++) {
                for (int r = 0; excess[b] != 0 && r < weights.length; r++) {
                    gaps[b][r] += weights[r] * excess[b];
                }
            }
            for (int r = 0; r < weights.length; r++) {
                mass[r] += (double) weights[r] * own.size();
            }
        });
        double[] errors = new double[bootstrap.replicates()];
        double[] signed = new double[bootstrap.replicates()];
        for (int r = 0; r < errors.length; r++) {
            for (int b = 0; b < count; b++) {
                errors[r] += Math.abs(gaps[b][r]) / mass[r];
                signed[r] += (whole[b][1] > whole[b][2] ? gaps[b][r] : -gaps[b][r]) / mass[r];
            }
        }
        return new Replicates(errors, signed);
    }

    /** Both intervals together: the one is right where the error is as small as noise, the other where it is not. */
    private static Interval interval(double error, Replicates replicates, double level) {
        double[] sorted = finite(replicates.errors);
        if (!Double.isFinite(error) || sorted.length < 0.99 * replicates.errors.length) {
            return Interval.undefined(level);
        }
        double tail = (1 - level) / 2;
        double low = Estimate.quantile(sorted, tail);
        double high = Estimate.quantile(sorted, 1 - tail);
        Interval squared =
                new Interval(reflected(error, high), reflected(error, low), level, IntervalMethod.POISSON_BOOTSTRAP);
        double[] signed = finite(replicates.signed);
        double bias = Arrays.stream(sorted).average().orElse(error) - error;
        double centre = Math.max(0, error - bias);
        double above = Estimate.quantile(signed, 1 - tail) - error;
        double below = error - Estimate.quantile(signed, tail);
        return squared.widenedBy(new Interval(
                Math.max(0, centre - above), Math.min(1, centre + below), level, IntervalMethod.POISSON_BOOTSTRAP));
    }

    private static double[] finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    }

    private static double reflected(double error, double quantile) {
        return Math.sqrt(Math.max(0, 2 * error * error - quantile * quantile));
    }
}
