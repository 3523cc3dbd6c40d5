package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.backpropagation.Parameters;
import io.retort.distill.kernels.ScalarKernels;
import io.retort.distill.kernels.VectorKernels;
import io.retort.distill.optimisation.AdamW;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.optimisation.Muon;
import io.retort.distill.optimisation.TrainedArray;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The updates by which students train: the arithmetic of torch's AdamW, and that of the engine's {@link Muon}. */
class ParameterUpdateTest {
    private static final String NAME = "weight";
    private static final double[] FACTORS = {1, 0.5, 0.25};

    /** Values after each step of torch.optim.AdamW (2.13, float64) on the same function, rates and settings. */
    private static final float[][] TORCH = {
        {0.9890000001f, -2.0079999999923075f, 0.48950000013333334f},
        {0.9889642122935209f, -2.0120004999197247f, 0.48426088849787086f},
        {0.9902252461118219f, -2.014003423811723f, 0.4816452230839515f}
    };

    private static Parameters parameters(int... shape) {
        return new Parameters(Map.of(NAME, shape));
    }

    /** Descends x³ summed, plus step times the product of the first two. */
    @Test
    void adamFollowsTorchStepByStep() {
        Parameters weights = parameters(3);
        System.arraycopy(new float[] {1, -2, 0.5f}, 0, weights.values(NAME), 0, 3);
        AdamUpdate update = new AdamUpdate(weights, List.of(NAME), new AdamW.Settings(0.01, 0.9, 0.98, 1e-8, 0.1));
        for (int step = 1; step <= 3; step++) {
            float[] x = weights.values(NAME);
            Parameters gradients = parameters(3);
            float[] slope = gradients.values(NAME);
            for (int i = 0; i < 3; i++) {
                slope[i] = 3 * x[i] * x[i];
            }
            slope[0] += step * x[1];
            slope[1] += step * x[0];

            update.apply(weights, gradients, step, FACTORS[step - 1]);

            assertThat(x).usingComparatorWithPrecision(2e-6f).containsExactly(TORCH[step - 1]);
        }
    }

    @ParameterizedTest
    @CsvSource({"24, 24", "32, 67", "67, 32", "1, 9"})
    void muonFollowsTheEnginesAndIsTheSameByBothKernels(int rows, int columns) {
        Random random = new Random(5);
        Parameters plain = parameters(rows, columns);
        Parameters wide = parameters(rows, columns);
        float[] first = normal(random, rows * columns);
        System.arraycopy(first, 0, plain.values(NAME), 0, first.length);
        System.arraycopy(first, 0, wide.values(NAME), 0, first.length);
        Muon.Settings settings = new Muon.Settings(0.1, 0.95, 5, 0.5, Muon.UpdateScale.ASPECT);
        MuonUpdate plainUpdate = new MuonUpdate(new ScalarKernels(), plain, List.of(NAME), settings);
        MuonUpdate wideUpdate = new MuonUpdate(new VectorKernels(), wide, List.of(NAME), settings);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray values = manager.create(first, new Shape(rows, columns));
            values.setRequiresGradient(true);
            Muon engine = new Muon(manager, List.of(new TrainedArray(NAME, values)), settings);
            for (int step = 1; step <= 3; step++) {
                Parameters gradients = parameters(rows, columns);
                float[] slope = normal(random, rows * columns);
                System.arraycopy(slope, 0, gradients.values(NAME), 0, slope.length);
                try (GradientMode mode = GradientMode.recording()) {
                    GradientMode.backward(
                            values.mul(manager.create(slope, values.getShape())).sum());
                }

                engine.update(step, FACTORS[step - 1]);
                plainUpdate.apply(plain, gradients, step, FACTORS[step - 1]);
                wideUpdate.apply(wide, gradients, step, FACTORS[step - 1]);

                assertThat(wide.values(NAME)).containsExactly(plain.values(NAME));
                assertThat(plain.values(NAME))
                        .usingComparatorWithPrecision(2e-4f)
                        .containsExactly(values.toFloatArray());
            }
        }
    }

    private static float[] normal(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
