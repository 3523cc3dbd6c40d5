package io.retort.eval.statistics;

/**
 * McNemar's exact test: do two models that answered the same documents differ in accuracy?
 *
 * <p>Given the documents on which exactly one of the two was right, either is as likely under the null hypothesis, so the
 * smaller count is binomial with probability one half (McNemar, 1947; the exact form in Agresti, "Categorical Data
 * Analysis", 10.1).
 */
public final class McNemar {
    private McNemar() {}

    /**
     * The two-sided p-value.
     *
     * @param onlyFirst documents that only the first model got right, at most 1e9
     * @param onlySecond documents that only the second model got right
     * @return a probability; 1 where the models never differ
     */
    public static double pValue(long onlyFirst, long onlySecond) {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException("expected counts, found " + onlyFirst + " and " + onlySecond);
        }
        long smaller = Math.min(onlyFirst, onlySecond);
        long trials = onlyFirst + onlySecond;
        double term = Math.exp(logBinomialHalf(trials, smaller));
        double tail = 0;
        // From the largest term downwards: C(n, k−1) = C(n, k) · k / (n − k + 1).
        for (long k = smaller; k >= 0 && term > tail * 0x1p-60; k--) {
            tail += term;
            term *= (double) k / (trials - k + 1);
        }
        return Math.min(1, 2 * tail);
    }

    /** ln(C(n, k) / 2^n), term by term: exact enough for any count of documents. */
    private static double logBinomialHalf(long n, long k) {
        double sum = -n * Math.log(2);
        for (long i = 1; i <= k; i++) {
            sum += Math.log((double) (n - k + i) / i);
        }
        return sum;
    }
}
