package io.retort.distill.teachers.served;

import io.retort.distill.teachers.LikelyTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a model thinks of a fixed text: the mean log-probability of a token in each quarter of it. Another model is far
 * off; the same one, computed by other kernels or in another batch, is not.
 */
final class Fingerprint {
    /** Prose, numbers, code and another language, so that models of any kind differ somewhere. */
    static final String TEXT =
            "Once upon a time there was a little girl. She had 12 apples and gave 7 away; 12 - 7 = 5.\n"
                    + "for (int i = 0; i < n; i++) { sum += values[i]; }\n"
                    + "Der Himmel ist blau, und das Gras ist nass vom Regen.\n"
                    + "The capital of France is Paris. Water boils at 100 degrees.\n";

    private static final int QUARTERS = 4;
    /** Of the text that is scored. */
    static final int LEAST_TOKENS = QUARTERS;

    /** In nats: models that differ by less are taken for one. */
    private static final double STEP = 0.25;

    private static final double TOLERANCE = 0.1;

    private Fingerprint() {}

    /** The means of a scored text of at least four tokens. */
    static List<Double> of(SequenceScores scores) {
        return of(scores.positions().stream().mapToDouble(LikelyTokens::actual).toArray());
    }

    /** The means of at least four log-probabilities. */
    static List<Double> of(double[] logProbabilities) {
        List<Double> means = new ArrayList<>();
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            int from = quarter * logProbabilities.length / QUARTERS;
            int to = (quarter + 1) * logProbabilities.length / QUARTERS;
            means.add(Arrays.stream(logProbabilities, from, to).average().orElse(Double.NaN));
        }
        return List.copyOf(means);
    }

    /** Whether two fingerprints can be of one model. */
    static boolean alike(List<Double> one, List<Double> other) {
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            if (!(Math.abs(one.get(quarter) - other.get(quarter)) <= TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    /** The means, rounded so coarsely that only another model changes them. */
    static String canonical(List<Double> means) {
        StringBuilder text = new StringBuilder();
        for (double mean : means) {
            text.append(Math.round(mean / STEP)).append(' ');
        }
        return text.toString();
    }

    static String render(List<Double> means) {
        return String.join(
                " ",
                means.stream().map(m -> String.format(Locale.ROOT, "%.3f", m)).toList());
    }
}
