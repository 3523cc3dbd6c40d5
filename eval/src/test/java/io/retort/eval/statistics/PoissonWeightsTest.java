package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.digests.SplitMix64;
import org.junit.jupiter.api.Test;

class PoissonWeightsTest {
    /** Published first output of SplitMix64 from the seed 1234567 (its state is advanced before it is mixed). */
    @Test
    void mixesLikeSplitMix64() {
        assertThat(SplitMix64.mixed(1234567 + 0x9E3779B97F4A7C15L)).isEqualTo(6457827717110365317L);
    }

    /** The same hash written in Python with scipy.stats.poisson.ppf(uniform, 1). */
    @Test
    void drawsWhatAnIndependentImplementationDraws() {
        assertThat(weights(7, "doc-a", 24))
                .containsExactly(0, 0, 1, 1, 2, 0, 2, 3, 2, 0, 2, 0, 1, 1, 1, 2, 2, 2, 1, 4, 0, 1, 1, 0);
        assertThat(weights(7, "doc-b", 24))
                .containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 3, 0, 1, 1, 2, 0, 2, 1);
        assertThat(weights(8, "doc-a", 24))
                .containsExactly(2, 2, 1, 2, 0, 4, 2, 1, 1, 1, 1, 2, 1, 3, 2, 1, 1, 0, 1, 1, 3, 0, 0, 1);
    }

    @Test
    void weightsHaveThePoissonDistributionWithMeanOne() {
        double[] expected = {0.367879, 0.367879, 0.183940, 0.061313, 0.015328, 0.003066, 0.000511};
        int draws = 400_000;
        int[] seen = new int[32];
        for (int document = 0; document < 400; document++) {
            for (int weight : weights(3, "document " + document, 1000)) {
                seen[weight]++;
            }
        }
        for (int k = 0; k < expected.length; k++) {
            // Five standard errors of a proportion.
            double error = 5 * Math.sqrt(expected[k] / draws);
            assertThat((double) seen[k] / draws).as("P(weight = %d)", k).isCloseTo(expected[k], within(error));
        }
    }

    @Test
    void weightsOfTwoDocumentsAndOfTwoReplicatesAreUncorrelated() {
        int documents = 20_000;
        double acrossReplicates = 0;
        double acrossDocuments = 0;
        int[] before = weights(5, "0", 2);
        for (int document = 1; document <= documents; document++) {
            int[] weights = weights(5, Integer.toString(document), 2);
            acrossReplicates += (weights[0] - 1) * (weights[1] - 1);
            acrossDocuments += (weights[0] - 1) * (before[0] - 1);
            before = weights;
        }
        assertThat(acrossReplicates / documents).isCloseTo(0, within(5 / Math.sqrt(documents)));
        assertThat(acrossDocuments / documents).isCloseTo(0, within(5 / Math.sqrt(documents)));
    }

    private static int[] weights(long seed, String document, int replicates) {
        int[] weights = new int[replicates];
        new PoissonWeights(new BootstrapSettings(seed, replicates, 0.95)).draw(PoissonWeights.hash(document), weights);
        return weights;
    }
}
