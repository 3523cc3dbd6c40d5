package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
    private static final BootstrapSettings SETTINGS = new BootstrapSettings(4, 500, 0.95);
    /** 1 − 0.025^(1/20), which is scipy.stats.binomtest(0, 20).proportion_ci(0.95, "exact").high. */
    private static final double UNSEEN = 0.1684334709830855;

    @Test
    void modelsThatAgreeOnAllDocumentsAreNotCertainToBeEqual() {
        PairedComparison comparison = PairedComparison.ofAccuracies(
                estimate(20, i -> i % 2), estimate(20, i -> i % 2), new PairedCounts(10, 0, 0, 10), 0.95);
        assertThat(comparison.difference()).isZero();
        assertThat(comparison.interval().lower()).isCloseTo(-UNSEEN, within(1e-12));
        assertThat(comparison.interval().upper()).isCloseTo(UNSEEN, within(1e-12));
        assertThat(comparison.pValue()).isEqualTo(1);
    }

    @Test
    void aModelThatAloneIsRightOnAllDocumentsIsNotCertainToBeSo() {
        PairedComparison comparison = PairedComparison.ofAccuracies(
                estimate(3, i -> 1), estimate(3, i -> 0), new PairedCounts(0, 3, 0, 0), 0.95);
        assertThat(comparison.interval().upper()).isEqualTo(1);
        assertThat(comparison.interval().lower()).isNegative();
        // Three of three by chance: 2 · (1/2)³.
        assertThat(comparison.pValue()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void mcNemarsTestIsNotUsedWhereItSeesOnlySomeOfTheDocuments() {
        // The second is right wherever it is decided (50 of 100) and guesses among two else.
        PairedComparison comparison = PairedComparison.ofAccuracies(
                estimate(100, i -> 1), estimate(100, i -> i < 50 ? 1 : 0.5), new PairedCounts(50, 0, 0, 0), 0.95);
        assertThat(McNemar.pValue(0, 0)).isEqualTo(1);
        assertThat(comparison.difference()).isCloseTo(0.25, within(1e-12));
        assertThat(comparison.pValue()).isCloseTo(2.0 / 501, within(1e-12));
        assertThat(comparison.documents()).isEqualTo(100);
    }

    @Test
    void figuresWithoutBoundsThatDifferAlikeEverywhereHaveASignTestAndNoInterval() {
        PairedComparison comparison = PairedComparison.of(estimate(6, i -> 2), estimate(6, i -> 3), 0.95);
        assertThat(comparison.isDefined()).isTrue();
        assertThat(comparison.interval().isDefined()).isFalse();
        assertThat(comparison.pValue()).isCloseTo(2 / 64.0, within(1e-12));
    }

    @Test
    void figuresOverDifferentDocumentsAreNotCompared() {
        PairedComparison comparison = PairedComparison.of(estimate(200, i -> i), estimate(32, i -> i), 0.95);
        assertThat(comparison.isDefined()).isFalse();
        assertThat(comparison.difference()).isNaN();
        assertThat(comparison.undefinedBecause()).hasValue("scored on different documents: 200 and 32");
    }

    private static Estimate estimate(int documents, IntToDoubleFunction score) {
        PoissonWeights poisson = new PoissonWeights(SETTINGS);
        RatioState state = new RatioState(SETTINGS.replicates());
        int[] weights = new int[SETTINGS.replicates()];
        for (int i = 0; i < documents; i++) {
            long hash = PoissonWeights.hash("document " + i);
            poisson.draw(hash, weights);
            state.update(hash, FixedPoint.of(score.applyAsDouble(i)), 1, weights);
        }
        return state.finish(1);
    }
}
