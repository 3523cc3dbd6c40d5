package io.retort.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Ratios of rounds that ran side by side: their median, with the percentile interval of a bootstrap over the rounds, 95%.
 *
 * @param median of the rounds
 * @param low lower end
 * @param high upper end
 */
public record Ratios(double median, double low, double high) {
    private static final int RESAMPLES = 2000;

    /** Of each round's baseline over its own measurement. */
    public static Ratios of(double[] baseline, double[] measured) {
        double[] ratios = new double[measured.length];
        Arrays.setAll(ratios, i -> baseline[i] / measured[i]);
        SplittableRandom random = new SplittableRandom(1);
        double[] medians = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double[] drawn = new double[ratios.length];
            Arrays.setAll(drawn, i -> ratios[random.nextInt(ratios.length)]);
            medians[r] = median(drawn);
        }
        Arrays.sort(medians);
        return new Ratios(median(ratios), medians[RESAMPLES * 25 / 1000], medians[RESAMPLES * 975 / 1000 - 1]);
    }

    /** The middle one, or the mean of the middle two. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, low, high);
    }
}
