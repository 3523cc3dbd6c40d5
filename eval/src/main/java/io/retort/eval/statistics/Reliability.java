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
        double[] replicates = replicates(sorted, binOf, byDocument, bootstrap);
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

    private static double[] replicates(
            List<Prediction> sorted, int[] binOf, Map<Long, List<Integer>> byDocument, BootstrapSettings bootstrap) {
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
        for (int r = 0; r < errors.length; r++) {
            for (double[] gap : gaps) {
                errors[r] += Math.abs(gap[r]) / mass[r];
            }
        }
        return errors;
    }

    private static Interval interval(double error, double[] replicates, double level) {
        double[] sorted =
                Arrays.stream(replicates).filter(Double::isFinite).sorted().toArray();
        if (!Double.isFinite(error) || sorted.length < 0.99 * replicates.length) {
            return Interval.undefined(level);
        }
        double tail = (1 - level) / 2;
        double low = Estimate.quantile(sorted, tail);
        double high = Estimate.quantile(sorted, 1 - tail);
        return new Interval(reflected(error, high), reflected(error, low), level, IntervalMethod.POISSON_BOOTSTRAP);
    }

    private static double reflected(double error, double quantile) {
        return Math.sqrt(Math.max(0, 2 * error * error - quantile * quantile));
    }
}
