package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatioStateTest {
    /** Expected values from numpy: weights by the documented hash, numpy.quantile, numpy.std(ddof=1). */
    @Test
    void estimatesARatioAsNumpyDoes() {
        int[] tops = {1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0};
        int[] bottoms = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
        RatioState state = new RatioState(200);
        PoissonWeights poisson = new PoissonWeights(new BootstrapSettings(20, 200, 0.95));
        int[] weights = new int[200];
        for (int i = 0; i < tops.length; i++) {
            long hash = PoissonWeights.hash("d" + i);
            poisson.draw(hash, weights);
            state.update(hash, FixedPoint.of(tops[i]), bottoms[i], weights);
        }
        Estimate estimate = state.finish(1);
        assertThat(estimate.value()).isCloseTo(0.1346153846153846, within(1e-15));
        assertThat(estimate.replicates())
                .startsWith(0.13043478260869565, 0.07547169811320754, 0.18, 0.07407407407407407);
        assertThat(estimate.interval(0.95).lower()).isCloseTo(0.07132554945054945, within(1e-15));
        assertThat(estimate.interval(0.95).upper()).isCloseTo(0.24261363636363642, within(1e-15));
        assertThat(estimate.standardError()).isCloseTo(0.045182600071815245, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void givesTheSameBitsForAnyNumberOfPartitionsInAnyOrder(int partitions) {
        List<Measured> documents = documents(500, 11);
        Estimate whole = estimate(List.of(documents));
        Collections.shuffle(documents, new Random(partitions));
        List<List<Measured>> parts = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            parts.add(new ArrayList<>());
        }
        Random random = new Random(99 + partitions);
        documents.forEach(document -> parts.get(random.nextInt(partitions)).add(document));
        Estimate spread = estimate(parts);
        assertThat(spread.value()).isEqualTo(whole.value());
        assertThat(spread.replicates()).isEqualTo(whole.replicates());
        assertThat(spread.interval(0.95)).isEqualTo(whole.interval(0.95));
        assertThat(spread.documents()).isEqualTo(whole.documents());
    }

    @Test
    void intervalsCoverTheTruthAsOftenAsTheySay() {
        int sets = 400;
        int coveredMean = 0;
        int coveredRatio = 0;
        Random random = new Random(20_240_601);
        for (int set = 0; set < sets; set++) {
            List<Measured> bits = new ArrayList<>();
            List<Measured> answers = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                // Rates between 1 and 3 nats a byte that go with the length: the ratio of sums is not the mean of
                // ratios.
                int bytes = 20 + random.nextInt(200);
                double nats = bytes * (1 + random.nextDouble()) + bytes * bytes / 220.0 * random.nextDouble();
                bits.add(new Measured(set + ":" + i, nats, bytes));
                answers.add(new Measured(set + ":" + i, random.nextDouble() < 0.8 ? 1 : 0, 1));
            }
            coveredMean += estimate(List.of(answers)).interval(0.95).contains(0.8) ? 1 : 0;
            coveredRatio += estimate(List.of(bits)).interval(0.95).contains(TRUE_RATIO) ? 1 : 0;
        }
        // 95% ± 3.3 standard errors of 400 trials, and a lower bound that leaves room for the percentile method's bias.
        assertThat((double) coveredMean / sets).isBetween(0.91, 0.985);
        assertThat((double) coveredRatio / sets).isBetween(0.91, 0.985);
    }

    /** E[nats] / E[bytes] with bytes uniform on 20..219: 1.5 + E[bytes²] / (2 · 220 · E[bytes]). */
    private static final double TRUE_RATIO = 1.5 + (119.5 * 119.5 + (200.0 * 200 - 1) / 12) / (2 * 220 * 119.5);

    @Test
    void aReplicateThatDrewNoDocumentIsUndefinedAndSoIsTheIntervalOfOneDocument() {
        Estimate one = estimate(List.of(List.of(new Measured("only", 2, 1))));
        assertThat(one.value()).isEqualTo(2);
        assertThat(one.replicates()).contains(Double.NaN).contains(2.0);
        assertThat(one.interval(0.95).isDefined()).isFalse();
    }

    @Test
    void noDocumentGivesNoFigure() {
        assertThat(new RatioState(10).finish(1).isDefined()).isFalse();
        assertThat(new RatioState(10).finish(1).interval(0.95).isDefined()).isFalse();
    }

    @Test
    void refusesASumThatLeaves64Bits() {
        RatioState state = new RatioState(2);
        int[] weights = {1, 1};
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        state.update(i, Long.MAX_VALUE / 64, 1, weights);
                    }
                })
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("64 bits");
    }

    @Test
    void estimatesOverDifferentDocumentsAreNotCompared() {
        Estimate some = estimate(List.of(documents(5, 1)));
        Estimate more = estimate(List.of(documents(6, 1)));
        assertThatThrownBy(() -> some.minus(more))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same documents");
    }

    @Test
    void theDifferenceOfTwoEstimatesIsPaired() {
        List<Measured> first = documents(300, 2);
        List<Measured> second = new ArrayList<>();
        first.forEach(document ->
                second.add(new Measured(document.id, document.top + 0.5 * document.bottom, document.bottom)));
        Interval difference =
                estimate(List.of(second)).minus(estimate(List.of(first))).interval(0.95);
        // The second is worse by exactly 0.5 on every document: unpaired, the interval would be as wide as each
        // estimate's.
        assertThat(difference.lower()).isCloseTo(0.5, within(1e-5));
        assertThat(difference.upper()).isCloseTo(0.5, within(1e-5));
    }

    private record Measured(String id, double top, long bottom) {}

    private static List<Measured> documents(int count, long seed) {
        Random random = new Random(seed);
        List<Measured> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(new Measured("document " + i, random.nextDouble() * 300, 1 + random.nextInt(100)));
        }
        return documents;
    }

    private static Estimate estimate(List<List<Measured>> parts) {
        BootstrapSettings settings = new BootstrapSettings(17, 400, 0.95);
        PoissonWeights poisson = new PoissonWeights(settings);
        RatioState whole = new RatioState(settings.replicates());
        int[] weights = new int[settings.replicates()];
        for (List<Measured> part : parts) {
            RatioState state = new RatioState(settings.replicates());
            for (Measured document : part) {
                long hash = PoissonWeights.hash(document.id);
                poisson.draw(hash, weights);
                state.update(hash, FixedPoint.of(document.top), document.bottom, weights);
            }
            whole.merge(state);
        }
        return whole.finish(1);
    }
}
