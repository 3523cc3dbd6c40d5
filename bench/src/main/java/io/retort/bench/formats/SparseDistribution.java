package io.retort.bench.formats;

import io.retort.datasets.logits.TailModel;
import java.util.Arrays;

/**
 * What a format says of one distribution: some tokens' probabilities, and the rest for all other tokens together. The
 * probabilities and the rest sum to 1. Arrays are shared and must not be changed.
 *
 * @param ids distinct token ids
 * @param probabilities theirs
 * @param rest of the tokens that are not in {@code ids}
 */
record SparseDistribution(int[] ids, double[] probabilities, double rest) {
    private static final double SUM_TOLERANCE = 1e-6;

    SparseDistribution {
        double sum = rest + Arrays.stream(probabilities).sum();
        if (ids.length != probabilities.length || rest < 0 || Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new IllegalArgumentException("expected a probability for each of " + ids.length
                    + " tokens and a sum of 1 with the rest, found " + probabilities.length + " and " + sum);
        }
    }

    /**
     * The distribution of log-probabilities as they are stored: what they leave is the rest; if they sum to more than
     * {@code 1 − least}, all is scaled so that the rest is {@code least}.
     */
    static SparseDistribution ofLogProbabilities(int[] ids, double[] logProbabilities, double least) {
        double[] probabilities = Arrays.stream(logProbabilities).map(Math::exp).toArray();
        double sum = Arrays.stream(probabilities).sum();
        double rest = Math.max(least, 1 - sum);
        double scale = (1 - rest) / sum;
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] *= scale;
        }
        return new SparseDistribution(ids, probabilities, rest);
    }

    /** All probabilities, `[vocabulary]`, with the rest shared out evenly. */
    double[] withEvenRest(int vocabulary) {
        double[] dense = new double[vocabulary];
        Arrays.fill(dense, rest / Math.max(1, vocabulary - ids.length));
        return placed(dense);
    }

    /** All probabilities, `[vocabulary]`, with the rest shared out in proportion to the mean after {@code previous}. */
    double[] withModelledRest(TailModel model, int previous) {
        double[] dense = model.distribution(previous);
        double stored = 0;
        for (int id : ids) {
            stored += dense[id];
        }
        double scale = stored < 1 ? rest / (1 - stored) : 0;
        for (int id = 0; id < dense.length; id++) {
            dense[id] *= scale;
        }
        return placed(dense);
    }

    private double[] placed(double[] dense) {
        for (int i = 0; i < ids.length; i++) {
            dense[ids[i]] = probabilities[i];
        }
        return dense;
    }
}
