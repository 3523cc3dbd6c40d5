package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeedMeanTest {
    private static final BootstrapSettings SETTINGS = new BootstrapSettings(11, 4000, 0.95);

    private static Estimate estimate(int documents, BootstrapSettings settings, IntToDoubleFunction score) {
        PoissonWeights poisson = new PoissonWeights(settings);
        RatioState state = new RatioState(settings.replicates());
        int[] weights = new int[settings.replicates()];
        for (int i = 0; i < documents; i++) {
            long hash = PoissonWeights.hash("document " + i);
            poisson.draw(hash, weights);
            state.update(hash, FixedPoint.of(score.applyAsDouble(i)), 1, weights);
        }
        return state.finish(1);
    }

    @Test
    void whereDocumentsDoNotVaryTheErrorIsThatOfTheMeanOverSeeds() {
        List<Estimate> seeds =
                List.of(estimate(50, SETTINGS, i -> 1), estimate(50, SETTINGS, i -> 2), estimate(50, SETTINGS, i -> 6));

        Estimate mean = SeedMean.of(seeds, SETTINGS);

        assertThat(mean.value()).isCloseTo(3, within(1e-9));
        // The sample variance of 1, 2 and 6 is 7; over 3 it is that of the mean.
        assertThat(mean.standardError()).isCloseTo(Math.sqrt(7 / 3.0), within(0.05));
    }

    @Test
    void oneSeedIsItself() {
        Estimate one = estimate(20, SETTINGS, i -> i % 3);

        Estimate mean = SeedMean.of(List.of(one), SETTINGS);

        assertThat(mean.value()).isEqualTo(one.value());
        assertThat(mean.replicates()).isEqualTo(one.replicates());
    }

    @Test
    void aDifferenceIsPairedInSeedsAndDocuments() {
        List<Estimate> first = List.of(
                estimate(30, SETTINGS, i -> i % 5),
                estimate(30, SETTINGS, i -> 4 - i % 5),
                estimate(30, SETTINGS, i -> 3));
        List<Estimate> second = List.of(
                estimate(30, SETTINGS, i -> i % 5 + 1),
                estimate(30, SETTINGS, i -> 5 - i % 5),
                estimate(30, SETTINGS, i -> 4));

        Estimate difference = SeedMean.of(second, SETTINGS).minus(SeedMean.of(first, SETTINGS));

        assertThat(difference.value()).isCloseTo(1, within(1e-9));
        assertThat(difference.standardError()).isLessThan(1e-9);
    }

    /** Both spreads are drawn here: of a seed's effect and of a document's; 95% intervals should hold about 95% of means. */
    @Test
    void intervalsOverManySeedsAndDocumentsCoverTheTruth() {
        BootstrapSettings settings = new BootstrapSettings(5, 400, 0.95);
        Random random = new Random(20261126);
        int covered = 0;
        int trials = 200;
        for (int trial = 0; trial < trials; trial++) {
            double[] seedEffects = random.doubles(12, 0, 1).toArray();
            double[] documentEffects = random.doubles(40, 0, 2).toArray();
            List<Estimate> bySeed = Arrays.stream(seedEffects)
                    .mapToObj(effect -> estimate(40, settings, i -> effect + documentEffects[i]))
                    .toList();
            covered += SeedMean.of(bySeed, settings).interval(0.95).contains(1.5) ? 1 : 0;
        }
        assertThat(covered / (double) trials).isBetween(0.88, 0.99);
    }

    @Test
    void figuresOverDifferentDocumentsAreRefused() {
        List<Estimate> mixed = List.of(estimate(3, SETTINGS, i -> 1), estimate(4, SETTINGS, i -> 1));

        assertThatThrownBy(() -> SeedMean.of(mixed, SETTINGS)).hasMessageContaining("over the same documents");
        assertThatThrownBy(() -> SeedMean.of(List.of(), SETTINGS)).hasMessageContaining("one seed at least");
    }
}
