package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatedScanTest {

    @ParameterizedTest
    @CsvSource({"8", "16", "24", "40", "96", "256", "1000"})
    void equalsALoopOverTime(int time) {
        int batch = 2;
        int channels = 5;
        Random random = new Random(time);
        float[] factors = new float[batch * time * channels];
        float[] inputs = new float[factors.length];
        for (int i = 0; i < factors.length; i++) {
            // From forgetting all but the smallest factor allowed to forgetting nothing.
            factors[i] = random.nextInt(4) == 0 ? 3.4e-4f : (float) Math.pow(random.nextDouble(), 0.05);
            inputs[i] = (float) random.nextGaussian();
        }
        float[] expected = new float[factors.length];
        float[] logFactors = new float[factors.length];
        for (int b = 0; b < batch; b++) {
            for (int c = 0; c < channels; c++) {
                double state = 0;
                for (int t = 0; t < time; t++) {
                    int at = (b * time + t) * channels + c;
                    state = (double) factors[at] * state + inputs[at];
                    expected[at] = (float) state;
                    logFactors[at] = (float) Math.log(factors[at]);
                }
            }
        }
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Shape shape = new Shape(batch, time, channels);
            float[] states = GatedScan.states(manager.create(logFactors, shape), manager.create(inputs, shape))
                    .toFloatArray();

            assertThat(states).usingComparatorWithPrecision(2e-5f).containsExactly(expected);
        }
    }

    /** Where gates stay shut for a whole chunk, the product of factors is 1e-28 and its square no float. */
    @Test
    void gradientsOfForgettingEverythingAreRight() {
        int time = 24;
        float[] logFactors = new float[time];
        float[] inputs = new float[time];
        Arrays.fill(logFactors, (float) Math.log(GatedScan.SMALLEST_FACTOR));
        Arrays.fill(inputs, 2);
        Shape shape = new Shape(1, time, 1);
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                GradientMode mode = GradientMode.recording()) {
            NDArray factors = manager.create(logFactors, shape).duplicate();
            NDArray read = manager.create(inputs, shape).duplicate();
            factors.setRequiresGradient(true);
            read.setRequiresGradient(true);
            GradientMode.backward(GatedScan.states(factors, read).sum());

            // h_t = a h_{t-1} + u and h is about u: d/d ln a of all is a u, and d/du is 1 + a + ...
            float[] ofFactors = factors.getGradient().toFloatArray();
            float[] ofInputs = read.getGradient().toFloatArray();
            assertThat(ofInputs[5]).isCloseTo(1, within(1e-3f));
            assertThat(ofFactors[0]).isCloseTo(0, within(1e-6f));
            for (int t = 1; t < time; t++) {
                assertThat(ofFactors[t])
                        .as("at %d", t)
                        .isCloseTo((float) (2 * GatedScan.SMALLEST_FACTOR), within(3e-5f));
            }
        }
    }
}
