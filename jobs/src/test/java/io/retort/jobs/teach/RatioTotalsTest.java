package io.retort.jobs.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioTotalsTest {
    /** By hand: ratio 18/9 = 2, residuals −1, 1, 0, s² = 1, mean 6; total 200, variance 200²/36·(1−0.09)/3, t(2) = 4.303. */
    @Test
    void aStratumIsEstimatedAsInTheTextbook() {
        RatioTotals totals = new RatioTotals();

        double ratio = totals.add(100, new double[] {2, 3, 4}, new double[] {3, 7, 8});

        assertThat(ratio).isEqualTo(2);
        assertThat(totals.total()).isEqualTo(200);
        assertThat(totals.halfWidth()).isCloseTo(4.303 * 200 / 6 * Math.sqrt(0.91 / 3), within(1e-9));
    }

    @Test
    void aSampleOfAllIsExact() {
        RatioTotals totals = new RatioTotals();
        totals.add(9, new double[] {2, 3, 4}, new double[] {3, 7, 8});

        assertThat(totals.total()).isEqualTo(18);
        assertThat(totals.halfWidth()).isZero();
    }

    /** Strata of known totals, sampled again and again. */
    @Test
    void aboutNineteenOfTwentyIntervalsHoldTheTotal() {
        SplittableRandom random = new SplittableRandom(11);
        int covered = 0;
        int trials = 2000;
        for (int trial = 0; trial < trials; trial++) {
            RatioTotals totals = new RatioTotals();
            double truth = 0;
            for (double ratio : new double[] {0.5, 2, 7}) {
                double[] sizes = new double[5];
                double[] values = new double[5];
                for (int i = 0; i < sizes.length; i++) {
                    sizes[i] = 50 + random.nextDouble(100);
                    values[i] = sizes[i] * ratio * (1 + random.nextGaussian() * 0.1);
                }
                totals.add(1e6, sizes, values);
                truth += 1e6 * ratio;
            }
            covered += Math.abs(totals.total() - truth) <= totals.halfWidth() ? 1 : 0;
        }
        assertThat((double) covered / trials).isBetween(0.90, 0.99);
    }
}
