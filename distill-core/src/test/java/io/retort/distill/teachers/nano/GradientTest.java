package io.retort.distill.teachers.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients against central differences, both in 64 bits. */
class GradientTest {
    private static final int ROWS = 3;
    private static final int TIME = 9;
    private static final double STEP = 1e-6;
    private static final int PROBES = 3;

    @ParameterizedTest
    @CsvSource({"0, TIED", "6, SEPARATE"})
    void gradientsOfEveryTensorEqualCentralDifferences(int queryRank, NanoConfig.Head head) {
        NanoConfig config = SmallModels.config(20, queryRank, head);
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> tensors = SmallModels.doubles(config, 5, manager);
            tensors.forEach((name, array) -> array.setRequiresGradient(!name.endsWith("e_score_correction_bias")));
            try (GradientMode mode = GradientMode.recording();
                    NDManager scope = manager.newSubManager()) {
                GradientMode.backward(loss(config, tensors, scope));
            }
            Random random = new Random(1);
            try (GradientMode mode = GradientMode.paused()) {
                tensors.forEach((name, array) -> {
                    if (array.hasGradient()) {
                        assertProbes(config, tensors, name, random);
                    }
                });
            }
        }
    }

    private static void assertProbes(NanoConfig config, Map<String, NDArray> tensors, String name, Random random) {
        NDArray array = Objects.requireNonNull(tensors.get(name));
        // An expert that no token chose has no gradient, which the engine gives as zeros of 32 bits.
        double[] analytic = array.getGradient().toType(DataType.FLOAT64, true).toDoubleArray();
        for (int probe = 0; probe < PROBES; probe++) {
            int index = random.nextInt(analytic.length);
            double difference =
                    (shifted(config, tensors, array, index, STEP) - shifted(config, tensors, array, index, -STEP))
                            / (2 * STEP);
            assertThat(analytic[index]).as("%s[%d]", name, index).isCloseTo(difference, within(1e-7));
        }
    }

    private static double shifted(
            NanoConfig config, Map<String, NDArray> tensors, NDArray array, int index, double by) {
        double[] shift = new double[(int) array.size()];
        shift[index] = by;
        try (NDManager scope = array.getManager().newSubManager()) {
            NDArray delta = scope.create(shift, array.getShape());
            array.addi(delta);
            double loss = loss(config, tensors, scope).toDoubleArray()[0];
            array.subi(delta);
            return loss;
        }
    }

    private static NDArray loss(NanoConfig config, Map<String, NDArray> tensors, NDManager scope) {
        NanoModel model = new NanoModel(config, tensors);
        long[] ids = SmallModels.randomIds(ROWS * TIME, config.vocabularySize(), 2);
        long[] targets = SmallModels.randomIds(ROWS * TIME, config.vocabularySize(), 3);
        NDArray hidden = model.hidden(scope.create(ids, new Shape(ROWS, TIME)), RoutingListener.NONE);
        return model.logits(hidden)
                .logSoftmax(1)
                .gather(scope.create(targets, new Shape(ROWS * TIME, 1)), 1)
                .mean()
                .neg();
    }
}
