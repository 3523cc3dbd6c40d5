package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.students.RecurrentAttentionStudent;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentState;
import io.retort.inference.tensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StudentParityTest {

    static Stream<StudentConfig> configs() {
        Mixer recurrence = new Recurrence(4);
        return Stream.of(
                StudentConfig.of(98, 24, 17, Positions.FORGET),
                StudentConfig.of(98, 32, 29, Positions.LOGARITHMIC),
                new StudentConfig(98, 12, 7, List.of(recurrence)),
                new StudentConfig(40, 12, 7, List.of(recurrence, recurrence, new Attention(3, 5, Positions.FORGET))),
                new StudentConfig(
                        40,
                        16,
                        9,
                        List.of(
                                new Attention(4, 3, Positions.LOGARITHMIC),
                                new Recurrence(1),
                                new Attention(1, 8, Positions.FORGET))));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void readingSymbolBySymbolEqualsTheWholeSequence(StudentConfig config) {
        Map<String, Tensor> tensors = RandomTensors.of(config, 11);
        for (int time : new int[] {8, 32, 96, 160, 288}) {
            assertThat(largestDifference(config, tensors, time))
                    .as("%s positions", time)
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void firstWeightsGiveTheSameInBothForms(StudentConfig config) {
        assertThat(largestDifference(config, StudentInitialisation.tensors(config, 5), 224))
                .isLessThan(1e-4);
    }

    /** Largest difference of a log-probability over two sequences of {@code time} random symbols. */
    static double largestDifference(StudentConfig config, Map<String, Tensor> tensors, int time) {
        Random random = new Random(time);
        long[] symbols = random.longs(2L * time, 0, config.alphabetSize()).toArray();
        float[] parallel = parallel(config, tensors, symbols, time);
        Student student = new RecurrentAttentionStudent(config, tensors);
        float[] logProbabilities = new float[config.alphabetSize()];
        double largest = 0;
        int at = 0;
        for (int row = 0; row < 2; row++) {
            StudentState state = student.newState(time);
            for (int t = 0; t < time; t++) {
                student.step(state, (int) symbols[row * time + t], logProbabilities);
                for (float expected : logProbabilities) {
                    largest = Math.max(largest, Math.abs(expected - parallel[at++]));
                }
            }
        }
        assertThat(at).isEqualTo(parallel.length);
        return largest;
    }

    private static float[] parallel(StudentConfig config, Map<String, Tensor> tensors, long[] symbols, int time) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                ParameterBanks banks = new ParameterBanks(manager, config)) {
            banks.load(tensors);
            NDArray input = manager.create(symbols, new Shape(2, time));
            StudentNetwork network = new StudentNetwork(config, banks.views(manager), new AttentionMasks(manager));
            return network.logProbabilities(input, new ScoredPositions.All()).toFloatArray();
        }
    }
}
