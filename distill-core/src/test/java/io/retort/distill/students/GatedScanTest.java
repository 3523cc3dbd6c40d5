package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
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
}
