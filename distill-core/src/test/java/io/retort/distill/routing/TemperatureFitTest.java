package io.retort.distill.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemperatureFitTest {
    /** What comes is drawn from p^(1/T), so T is the temperature at which p costs least. */
    @Test
    void theTemperatureOfTheSourceIsFound() {
        for (double truth : new double[] {0.5, 0.8, 1, 1.3, 2.5}) {
            TemperatureFit fit = fit(truth, 20_000, 3);
            assertThat(fit.temperature()).as("temperature %s", truth).isCloseTo(truth, within(0.04 * truth));
            assertThat(fit.natsAfter()).isLessThanOrEqualTo(fit.natsBefore());
        }
    }

    @Test
    void fewPredictionsGiveTheTruthOnAverage() {
        double sum = 0;
        for (int seed = 0; seed < 60; seed++) {
            sum += Math.log(fit(1.3, 300, 100 + seed).temperature());
        }
        assertThat(Math.exp(sum / 60)).isCloseTo(1.3, within(0.05));
    }

    @Test
    void itDoesNotDependOnHowPredictionsWereSpread() {
        TemperatureFit whole = fit(1.4, 999, 5);
        TemperatureFit merged = new TemperatureFit();
        List<TemperatureFit> parts = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            parts.add(new TemperatureFit());
        }
        Random random = new Random(5);
        for (int i = 0; i < 999; i++) {
            add(parts.get((i * 7) % 4), 1.4, random);
        }
        for (int p = 3; p >= 0; p--) {
            merged.merge(parts.get(p));
        }
        assertThat(merged.temperature()).isEqualTo(whole.temperature());
        assertThat(merged.natsBefore()).isEqualTo(whole.natsBefore());
        assertThat(merged.predictions()).isEqualTo(999);
    }

    @Test
    void withoutPredictionsItIsOneAndItStaysWithinItsRange() {
        assertThat(new TemperatureFit().temperature()).isEqualTo(1);
        TemperatureFit sure = new TemperatureFit();
        TemperatureFit wrong = new TemperatureFit();
        double[] logProbabilities = {Math.log(0.9), Math.log(0.1), Double.NEGATIVE_INFINITY};
        for (int i = 0; i < 10; i++) {
            sure.add(logProbabilities, 0);
            wrong.add(logProbabilities, i % 3);
        }
        assertThat(sure.temperature()).isEqualTo(0.25);
        assertThat(wrong.temperature()).isEqualTo(4);
        assertThat(wrong.natsBefore()).isFinite();
    }

    private static TemperatureFit fit(double temperature, int predictions, long seed) {
        Random random = new Random(seed);
        TemperatureFit fit = new TemperatureFit();
        for (int i = 0; i < predictions; i++) {
            add(fit, temperature, random);
        }
        return fit;
    }

    private static void add(TemperatureFit fit, double temperature, Random random) {
        double[] logits = new double[8];
        for (int s = 0; s < logits.length; s++) {
            logits[s] = 2 * random.nextGaussian();
        }
        double[] p = RouterNetwork.softmax(logits);
        double[] logProbabilities = new double[p.length];
        double[] tempered = new double[p.length];
        for (int s = 0; s < p.length; s++) {
            logProbabilities[s] = Math.log(p[s]);
            tempered[s] = logProbabilities[s] / temperature;
        }
        double[] truth = RouterNetwork.softmax(tempered);
        double left = random.nextDouble();
        int came = 0;
        while (came < truth.length - 1 && left >= truth[came]) {
            left -= truth[came++];
        }
        fit.add(logProbabilities, came);
    }
}
