package io.retort.distill.clustering;

/**
 * What a mixture of experts says of a text, from what each of them says of its symbols: one reading by each expert serves any
 * number of mixtures. Experts of weight 0 are not looked at, and may be missing. Figures are ln p of the symbols in a row,
 * {@code [experts][symbols]}.
 */
public final class LikelihoodMixture {
    private LikelihoodMixture() {}

    /** Σ ln Σ wᵢ pᵢ(symbol), in nats. */
    public static double fixed(float[][] logs, double[] weights) {
        double[] logWeights = logarithms(weights);
        double sum = 0;
        for (int t = 0; t < length(logs, weights); t++) {
            sum += logSum(logs, logWeights, t);
        }
        return sum;
    }

    /** ln Σ wᵢ pᵢ(all symbols), in nats: the same with weights that follow the text. */
    public static double posterior(float[][] logs, double[] weights) {
        double[] logWeights = logarithms(weights);
        double sum = 0;
        for (int t = 0; t < length(logs, weights); t++) {
            double log = logSum(logs, logWeights, t);
            for (int i = 0; i < logWeights.length; i++) {
                if (logWeights[i] > Double.NEGATIVE_INFINITY) {
                    logWeights[i] += logs[i][t] - log;
                }
            }
            sum += log;
        }
        return sum;
    }

    /** Σ ln p of one expert, in nats. */
    public static double single(float[] logs) {
        double sum = 0;
        for (float log : logs) {
            sum += log;
        }
        return sum;
    }

    private static double[] logarithms(double[] weights) {
        double[] logarithms = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            logarithms[i] = Math.log(weights[i]);
        }
        return logarithms;
    }

    private static int length(float[][] logs, double[] weights) {
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                return logs[i].length;
            }
        }
        throw new IllegalArgumentException("expected an expert with a weight above 0, found none");
    }

    private static double logSum(float[][] logs, double[] logWeights, int t) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logWeights.length; i++) {
            if (logWeights[i] > Double.NEGATIVE_INFINITY) {
                most = Math.max(most, logWeights[i] + logs[i][t]);
            }
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (int i = 0; i < logWeights.length; i++) {
            if (logWeights[i] > Double.NEGATIVE_INFINITY) {
                sum += Math.exp(logWeights[i] + logs[i][t] - most);
            }
        }
        return most + Math.log(sum);
    }
}
