package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.distill.backpropagation.GradientSource;
import io.retort.distill.backpropagation.Packed;
import io.retort.distill.backpropagation.Parameters;
import io.retort.distill.backpropagation.StudentPass;
import io.retort.distill.kernels.Kernels;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.students.RecurrentAttentionStudent;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentState;
import io.retort.inference.students.StudentTensors;
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

    /** Largest difference of a log-probability of either training form over two sequences of random symbols. */
    static double largestDifference(StudentConfig config, Map<String, Tensor> tensors, int time) {
        Random random = new Random(time);
        int[] symbols = random.ints(2L * time, 0, config.alphabetSize()).toArray();
        Packed packed = new Packed(symbols, new int[] {0, time, 2 * time});
        float[] engine = logProbabilities(new EngineGradients(config), config, tensors, packed);
        float[] plain = logProbabilities(new StudentPass(config, Kernels.best()), config, tensors, packed);
        Student student = new RecurrentAttentionStudent(config, tensors);
        float[] logProbabilities = new float[config.alphabetSize()];
        double largest = 0;
        int at = 0;
        for (int row = 0; row < 2; row++) {
            StudentState state = student.newState(time);
            for (int t = 0; t < time; t++) {
                student.step(state, symbols[row * time + t], logProbabilities);
                for (float expected : logProbabilities) {
                    largest = Math.max(largest, Math.abs(expected - engine[at]));
                    largest = Math.max(largest, Math.abs(expected - plain[at]));
                    at++;
                }
            }
        }
        assertThat(at).isEqualTo(engine.length).isEqualTo(plain.length);
        return largest;
    }

    /** [rows, alphabet]. */
    private static float[] logProbabilities(
            GradientSource source, StudentConfig config, Map<String, Tensor> tensors, Packed packed) {
        Parameters weights = new Parameters(StudentTensors.shapes(config));
        weights.load(tensors);
        int alphabet = config.alphabetSize();
        float[] result = new float[packed.rows() * alphabet];
        try (source) {
            source.load(weights);
            source.loss(packed, (logits, stride, rows) -> {
                for (int row = 0; row < rows; row++) {
                    double sum = 0;
                    for (int i = 0; i < alphabet; i++) {
                        sum += Math.exp(logits[row * stride + i]);
                    }
                    for (int i = 0; i < alphabet; i++) {
                        result[row * alphabet + i] = (float) (logits[row * stride + i] - Math.log(sum));
                    }
                }
                return 0;
            });
        }
        return result;
    }
}
