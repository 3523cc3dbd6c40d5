package io.retort.distill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MicroExpertFitTest {
    private static final int MODEL = 12;

    private static float[] normal(int count, long seed, double deviation) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    /** Of eight channels only the first {@code working} reach the output. */
    private static GatedWeights expert(int working) {
        float[] down = normal(8 * MODEL, 3, 1);
        for (int i = working * MODEL; i < down.length; i++) {
            down[i] = 0;
        }
        return new GatedWeights(MODEL, 8, normal(8 * MODEL, 1, 0.4), normal(8 * MODEL, 2, 0.4), down);
    }

    private static MicroExpert fit(GatedWeights expert, MicroSettings settings) {
        return new MicroExpertFit(expert, settings).fit(normal(600 * MODEL, 4, 1), normal(200 * MODEL, 5, 1));
    }

    @Test
    void anExpertOfThreeWorkingChannelsIsFoundExactlyByItsClosedForm() {
        MicroExpert micro = fit(expert(3), new MicroSettings(3, 0, 0, 64, 7));

        assertThat(micro.quality().closedForm()).isCloseTo(1, within(1e-6));
        assertThat(micro.quality().trained()).isCloseTo(1, within(1e-6));
        assertThat(micro.quality().medianToken()).isCloseTo(1, within(1e-6));
        assertThat(micro.quality().ceiling()).isCloseTo(1, within(1e-9));
        // The network is even in x for random channels: a linear map has next to nothing to say.
        assertThat(micro.quality().linear()).isLessThan(0.7);
        assertThat(micro.weights().parameters()).isEqualTo(3 * 3 * MODEL);
        assertThat(micro.quality().heldBackRows()).isEqualTo(200);
    }

    @Test
    void trainingImprovesOnTheClosedFormWhereChannelsAreMissing() {
        MicroExpert.Quality quality =
                fit(expert(8), new MicroSettings(4, 0, 400, 128, 7)).quality();

        assertThat(quality.closedForm()).isBetween(0.2, 0.98);
        assertThat(quality.trained()).isGreaterThan(quality.closedForm() + 0.01);
        // Of rows alike in size the median is near the whole.
        assertThat(quality.medianToken()).isBetween(quality.trained() - 0.2, 1.0);
    }

    @Test
    void aNarrowerMicroExpertKeepsToItsBasisAndBelowItsCeiling() {
        MicroExpert micro = fit(expert(8), new MicroSettings(4, 6, 100, 64, 7));

        assertThat(micro.weights().model()).isEqualTo(6);
        assertThat(micro.basis()).hasSize(MODEL * 6);
        assertThat(micro.quality().ceiling()).isBetween(0.3, 0.999);
        assertThat(micro.quality().trained()).isLessThan(micro.quality().ceiling());
        for (int a = 0; a < 6; a++) {
            for (int b = 0; b < 6; b++) {
                double dot = 0;
                for (int row = 0; row < MODEL; row++) {
                    dot += micro.basis()[row * 6 + a] * micro.basis()[row * 6 + b];
                }
                assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-5));
            }
        }
    }

    @Test
    void theSameArgumentsGiveTheSameWeights() {
        MicroSettings settings = new MicroSettings(4, 6, 20, 64, 7);

        assertThat(fit(expert(8), settings).weights().down())
                .containsExactly(fit(expert(8), settings).weights().down());
    }

    @Test
    void aMicroExpertLargerThanItsExpertIsRefused() {
        assertThatThrownBy(() -> new MicroExpertFit(expert(8), new MicroSettings(9, 0, 0, 1, 7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hidden 8")
                .hasMessageContaining("9");
    }
}
