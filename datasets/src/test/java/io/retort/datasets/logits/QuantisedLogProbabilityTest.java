package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class QuantisedLogProbabilityTest {
    @Test
    void theErrorIsAtMostHalfAStepAboveTheSaturation() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            double logProbability = -15.9375 * random.nextDouble();
            int code = QuantisedLogProbability.code(logProbability);
            assertThat(code).isBetween(0, 255);
            assertThat(QuantisedLogProbability.logProbability(code)).isCloseTo(logProbability, within(1.0 / 32));
            assertThat(QuantisedLogProbability.probability(code)).isCloseTo(Math.exp(-code / 16.0), within(1e-15));
        }
    }

    @Test
    void whatIsLessLikelySaturates() {
        assertThat(QuantisedLogProbability.code(-15.95)).isEqualTo(255);
        assertThat(QuantisedLogProbability.code(-1e30)).isEqualTo(255);
        assertThat(QuantisedLogProbability.code(Double.NEGATIVE_INFINITY)).isEqualTo(255);
        assertThat(QuantisedLogProbability.logProbability(255)).isEqualTo(-15.9375);
    }

    @Test
    void floatNoiseAboveZeroIsCertainty() {
        assertThat(QuantisedLogProbability.code(1e-6)).isZero();
    }
}
