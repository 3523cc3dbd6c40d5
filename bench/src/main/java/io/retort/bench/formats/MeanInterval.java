package io.retort.bench.formats;

import io.retort.bench.formats.Fidelity.DocumentMean;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A mean over tokens with the percentile interval of a bootstrap over documents, 95%.
 *
 * @param mean over all tokens
 * @param low lower end
 * @param high upper end
 */
record MeanInterval(double mean, double low, double high) {
    private static final int RESAMPLES = 2000;
    private static final long SEED = 20_250_101;

    /** The mean and its interval. */
    static MeanInterval of(List<DocumentMean> documents) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            long tokens = 0;
            for (int d = 0; d < documents.size(); d++) {
                DocumentMean drawn = documents.get(random.nextInt(documents.size()));
                sum += drawn.sum();
                tokens += drawn.tokens();
            }
            means[r] = sum / tokens;
        }
        Arrays.sort(means);
        double sum = documents.stream().mapToDouble(DocumentMean::sum).sum();
        long tokens = documents.stream().mapToLong(DocumentMean::tokens).sum();
        return new MeanInterval(sum / tokens, means[RESAMPLES * 25 / 1000], means[RESAMPLES * 975 / 1000 - 1]);
    }
}
