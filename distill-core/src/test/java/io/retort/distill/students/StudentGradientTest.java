package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.optimisation.TrainedArray;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StudentGradientTest {

    static Stream<StudentShape> shapes() {
        StudentShape layered = new StudentConfig(
                11,
                6,
                5,
                List.of(
                        new Recurrence(3),
                        new Attention(2, 3, Positions.LOGARITHMIC),
                        new Attention(3, 4, Positions.FORGET)));
        return Stream.of(layered, new FeedForwardConfig(11, 3, 6, 5));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void gradientsEqualCentralDifferencesAlongRandomDirections(StudentShape shape) {
        Random random = new Random(2);
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                ParameterBanks banks = new ParameterBanks(manager, shape)) {
            banks.load(RandomTensors.of(shape, 4));
            TrainableNetwork network = TrainableFamilies.of(shape).network(shape, manager);
            List<TrainedArray> arrays = new ArrayList<>(banks.matrices());
            arrays.addAll(banks.rest());
            NDArray symbols = manager.create(random.longs(3 * 48, 0, 11).toArray(), new Shape(3, 48));
            NDArray targets = manager.create(gaussians(random, 3 * 48 * 11), new Shape(3, 48, 11))
                    .square()
                    .div(3 * 48 * 11);
            try (GradientMode mode = GradientMode.recording()) {
                GradientMode.backward(loss(network, manager, banks, symbols, targets));
            }
            for (TrainedArray array : arrays) {
                double largest = 0;
                for (int trial = 0; trial < 6; trial++) {
                    NDArray values = array.values();
                    NDArray direction = manager.create(gaussians(random, (int) values.size()), values.getShape());
                    double expected = values.getGradient().mul(direction).sum().getFloat();
                    double step = 1e-4;
                    double difference;
                    try (GradientMode mode = GradientMode.paused()) {
                        values.addi(direction.mul(step));
                        double above =
                                loss(network, manager, banks, symbols, targets).getFloat();
                        values.subi(direction.mul(2 * step));
                        double below =
                                loss(network, manager, banks, symbols, targets).getFloat();
                        values.addi(direction.mul(step));
                        difference = (above - below) / (2 * step);
                    }
                    // A float's loss of about 3 is exact to 5e-7, hence the difference to 5e-3.
                    assertThat(difference)
                            .as(array.name())
                            .isCloseTo(expected, within(5e-3 + 0.02 * Math.abs(expected)));
                    largest = Math.max(largest, Math.abs(expected));
                }
                assertThat(largest).as(array.name()).isGreaterThan(0.1);
            }
        }
    }

    private static NDArray loss(
            TrainableNetwork network, NDManager manager, ParameterBanks banks, NDArray symbols, NDArray targets) {
        return Objective.crossEntropy()
                .loss(network.logProbabilities(banks.views(manager), symbols, new ScoredPositions.All()), targets);
    }

    private static float[] gaussians(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
