package io.retort.distill.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.routing.Calibration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnknownThresholdTest {
    @Test
    void itIsTheScoreOfTheStatedRank() {
        double[] scores = new double[99];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = 99 - i;
        }
        // ⌈0.95 · 100⌉ = 95.
        assertThat(UnknownThreshold.of(scores, 0.05)).isEqualTo(new Calibration(1, 95, 0.05));
    }

    @Test
    void aKnownPromptPassesItNoMoreOftenThanStated() {
        Random random = new Random(2);
        int passed = 0;
        int all = 0;
        for (int trial = 0; trial < 400; trial++) {
            double[] scores = random.doubles(57).toArray();
            double threshold = UnknownThreshold.of(scores, 0.1).unknownThreshold();
            for (int i = 0; i < 100; i++) {
                passed += random.nextDouble() > threshold ? 1 : 0;
                all++;
            }
        }
        assertThat((double) passed / all).isLessThanOrEqualTo(0.105).isCloseTo(0.09, within(0.02));
    }

    @Test
    void tooFewScoresGiveNoThreshold() {
        assertThat(UnknownThreshold.of(new double[18], 0.05)).isEqualTo(Calibration.NONE);
        assertThat(UnknownThreshold.of(new double[19], 0.05).tellsUnknown()).isTrue();
        assertThat(UnknownThreshold.of(new double[0], 0.05)).isEqualTo(Calibration.NONE);
    }
}
