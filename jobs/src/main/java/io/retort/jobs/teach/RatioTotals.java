package io.retort.jobs.teach;

import java.util.ArrayList;
import java.util.List;

/**
 * Totals of strata from samples of them, by the ratio to a size that is known of all (Cochran, Sampling Techniques, 3rd
 * edition, 6.10: the separate ratio estimator, and its variance by residuals). Not thread-safe.
 */
final class RatioTotals {
    /** Student's t at 0.975 for 1 to 30 degrees of freedom (Abramowitz and Stegun, table 26.10). */
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.960;

    private final List<Part> parts = new ArrayList<>();

    /**
     * A stratum.
     *
     * @param total estimated
     * @param relativeVariance of the ratio of one element of the sample, NaN where there is but one
     * @param elements of the sample
     * @param unsampled share of the stratum that the sample does not hold
     */
    private record Part(double total, double relativeVariance, int elements, double unsampled) {}

    /**
     * Adds a stratum and returns its ratio.
     *
     * @param size of the whole stratum
     * @param sizes of the elements of its sample, at least one and none 0
     * @param values of the same
     */
    double add(double size, double[] sizes, double[] values) {
        double sampled = 0;
        double sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            sampled += sizes[i];
            sum += values[i];
        }
        double ratio = sum / sampled;
        double squares = 0;
        for (int i = 0; i < sizes.length; i++) {
            double residual = values[i] - ratio * sizes[i];
            squares += residual * residual;
        }
        double mean = sum / sizes.length;
        double variance = squares == 0 ? 0 : squares / (sizes.length - 1) / (mean * mean);
        parts.add(new Part(
                ratio * size,
                sizes.length == 1 ? Double.NaN : variance,
                sizes.length,
                Math.max(0, 1 - sampled / size)));
        return ratio;
    }

    /** The sum over strata. */
    double total() {
        return parts.stream().mapToDouble(Part::total).sum();
    }

    /** Half the width of its interval at 95%. */
    double halfWidth() {
        int freedom = parts.stream().mapToInt(part -> part.elements() - 1).sum();
        // A stratum with one element is as variable as the others are.
        double usual = parts.stream()
                .mapToDouble(Part::relativeVariance)
                .filter(variance -> !Double.isNaN(variance))
                .average()
                .orElse(1);
        double variance = 0;
        for (Part part : parts) {
            double relative = Double.isNaN(part.relativeVariance()) ? usual : part.relativeVariance();
            variance += part.total() * part.total() * relative * part.unsampled() / part.elements();
        }
        return student(freedom) * Math.sqrt(variance);
    }

    private static double student(int freedom) {
        if (freedom <= 0) {
            return STUDENT[0];
        }
        // Beyond the table the quantile falls to the normal one as 2.4/ν does, within 0.001.
        return freedom <= STUDENT.length ? STUDENT[freedom - 1] : NORMAL + 2.4 / freedom;
    }
}
