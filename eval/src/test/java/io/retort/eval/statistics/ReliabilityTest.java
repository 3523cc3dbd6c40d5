package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.eval.statistics.Prediction.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
    private static final BootstrapSettings BOOTSTRAP = new BootstrapSettings(3, 300, 0.95);

    @Test
    void theErrorIsTheMassWeightedDistanceOfBinsFromTheirShares() {
        List<Prediction> predictions = new ArrayList<>();
        // Two confidences, so two bins: 20 at 0.9 of which 15 are right, and 10 at 0.3 of which 6 are.
        for (int i = 0; i < 20; i++) {
            predictions.add(prediction(i, 0.9, i < 15));
        }
        for (int i = 0; i < 10; i++) {
            predictions.add(prediction(100 + i, 0.3, i < 6));
        }
        Reliability reliability = Reliability.of(predictions, BOOTSTRAP);
        assertThat(reliability.error()).isCloseTo((20 * 0.15 + 10 * 0.3) / 30, within(1e-12));
        assertThat(reliability.bins()).hasSize(2);
        assertThat(reliability.bins().get(0).predictions()).isEqualTo(10);
        assertThat(reliability.bins().get(0).right()).isCloseTo(0.6, within(1e-12));
        assertThat(reliability.bins().get(1).confidence()).isCloseTo(0.9, within(1e-12));
        Collections.shuffle(predictions, new Random(4));
        assertThat(Reliability.of(predictions, BOOTSTRAP)).isEqualTo(reliability);
    }

    @Test
    void binsHoldAsManyPredictionsEach() {
        Random random = new Random(5);
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            predictions.add(prediction(i, random.nextDouble(), random.nextBoolean()));
        }
        List<Reliability.Bin> bins = Reliability.of(predictions, BOOTSTRAP).bins();
        assertThat(bins).hasSize(Reliability.BINS);
        assertThat(bins).allSatisfy(bin -> assertThat(bin.predictions()).isBetween(66L, 67L));
    }

    @Test
    void noPredictionHasNoError() {
        Reliability none = Reliability.of(List.of(), BOOTSTRAP);
        assertThat(none.error()).isNaN();
        assertThat(none.interval().isDefined()).isFalse();
        assertThat(none.bins()).isEmpty();
    }

    /**
     * Documents of several predictions that share their luck: what is right with probability p is announced as p + shift.
     * The error of such a source is the shift. Where it is about
     * as large as the noise of a bin, the interval covers it a little less often than it says.
     */
    @Test
    void intervalsCoverTheTrueErrorAsOftenAsTheySay() {
        for (double shift : new double[] {0, 0.05, 0.15}) {
            int covered = 0;
            int sets = 300;
            Random random = new Random(17);
            for (int set = 0; set < sets; set++) {
                List<Prediction> predictions = new ArrayList<>();
                for (int d = 0; d < 200; d++) {
                    double ease = 0.2 * random.nextDouble() - 0.1;
                    for (int k = 0; k < 5; k++) {
                        double truth = 0.2 + 0.5 * random.nextDouble();
                        boolean right = random.nextDouble() < truth + ease;
                        predictions.add(prediction(1000L * set + d, truth + shift, right));
                    }
                }
                covered += Reliability.of(predictions, BOOTSTRAP).interval().contains(shift) ? 1 : 0;
            }
            assertThat((double) covered / sets)
                    .as("coverage at an error of " + shift)
                    .isBetween(0.87, 1.0);
        }
    }

    private static Prediction prediction(long document, double confidence, boolean right) {
        return new Prediction(PoissonWeights.hash("d" + document), confidence, right ? Outcome.RIGHT : Outcome.WRONG);
    }
}
