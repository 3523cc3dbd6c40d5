package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.retort.distill.backpropagation.GradientSource;
import io.retort.distill.backpropagation.Packed;
import io.retort.distill.backpropagation.Parameters;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentFamilies;
import io.retort.inference.students.StudentShape;
import io.retort.inference.students.StudentState;
import io.retort.inference.tensors.SafetensorsReader;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every family promises, for every family that is registered and for shapes that are harder on one. */
class StudentParityTest {

    private static final double TOLERANCE = 1e-4;

    static Stream<StudentShape> shapes() {
        Mixer recurrence = new Recurrence(4);
        Stream<StudentShape> particular = Stream.of(
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
                                new Attention(1, 8, Positions.FORGET))),
                new StudentConfig(40, 8, 6, List.of(recurrence, new Attention(2, 4, Positions.FORGET)), 3),
                new FeedForwardConfig(40, 1, 5, 3),
                new FeedForwardConfig(40, 40, 6, 9));
        Stream<StudentShape> ofFamilies = TrainableFamilies.all().stream()
                .map(family -> TrainableFamilies.fitting(family.name(), 50, 6000, StudentOptions.NONE));
        return Stream.concat(particular, ofFamilies);
    }

    @Test
    void everyFamilyThatRunsIsOneThatTrainsAndTheOtherWayRound() {
        assertThat(TrainableFamilies.all()).extracting(TrainableFamily::name).isEqualTo(StudentFamilies.names());
        assertThat(StudentFamilies.names()).contains("log-bilinear");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void readingSymbolBySymbolEqualsTheWholeSequence(StudentShape shape) {
        Map<String, Tensor> tensors = RandomTensors.of(shape, 11);
        for (int time : new int[] {8, 32, 96, 160, 288}) {
            assertThat(largestDifference(shape, tensors, time))
                    .as("%s positions", time)
                    .isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void firstWeightsGiveTheSameInBothForms(StudentShape shape) {
        Map<String, Tensor> first = TrainableFamilies.of(shape).firstWeights(shape, 5);
        assertThat(first.keySet()).isEqualTo(shape.tensorShapes().keySet());
        assertThat(largestDifference(shape, first, 224)).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatIsOnlyReadIsRememberedAndACopyGoesItsOwnWay(StudentShape shape) {
        Student student = shape.open(RandomTensors.of(shape, 2));
        long[] symbols = symbols(shape, 30);
        float[] expected = stepped(student, student.newState(60), symbols, 60);
        StudentState state = student.newState(60);
        for (int t = 0; t < 59; t++) {
            student.prefill(state, (int) symbols[t]);
        }
        StudentState copy = state.copy();
        float[] last = new float[shape.alphabetSize()];
        student.step(state, (int) symbols[59], last);
        assertThat(last).containsExactly(expected);
        assertThat(state.position()).isEqualTo(60);
        student.step(copy, (int) symbols[59], last);
        assertThat(last).containsExactly(expected);
        copy.clear();
        assertThat(stepped(student, copy, symbols, 60)).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatCannotBeReadIsRefused(StudentShape shape) {
        Student student = shape.open(RandomTensors.of(shape, 2));
        int alphabet = shape.alphabetSize();
        float[] room = new float[alphabet];
        StudentState state = student.newState(2);
        for (int symbol : new int[] {-1, alphabet}) {
            assertThatIllegalArgumentException().isThrownBy(() -> student.step(state, symbol, room));
            assertThatIllegalArgumentException().isThrownBy(() -> student.prefill(state, symbol));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> student.step(state, 0, new float[alphabet + 1]));
        Student twin = shape.open(RandomTensors.of(shape, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> twin.step(state, 0, room));
        assertThatIllegalArgumentException().isThrownBy(() -> student.newState(0));
        assertThat(state.position()).isZero();
        student.prefill(state, 0);
        student.step(state, 0, room);
        assertThatIllegalStateException().isThrownBy(() -> student.step(state, 0, room));
        assertThatIllegalStateException().isThrownBy(() -> student.prefill(state, 0));
        assertThat(state.position()).isEqualTo(state.capacity()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void tensorsThatAreNotThoseOfTheShapeAreRefused(StudentShape shape) {
        for (String name : shape.tensorShapes().keySet()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>(RandomTensors.of(shape, 2));
            tensors.put(name, new Tensor(name, new int[] {2, 1, 2}, new float[4]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shape.open(tensors))
                    .withMessageContaining(name);
            tensors.remove(name);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shape.open(tensors))
                    .withMessageContaining(name);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatIsSavedOpensAsTheSame(StudentShape shape) {
        Map<String, Tensor> tensors = RandomTensors.of(shape, 7);
        TrainedStudent trained = new TrainedStudent(shape, tensors, 1, 1, 1, 1, OptionalDouble.empty());

        StudentShape read = StudentFamilies.read((JsonObject) JsonParser.parse(trained.configJson()));
        Student opened = read.open(SafetensorsReader.read(trained.safetensors(StoredType.F32)));

        assertThat(read).isEqualTo(shape).hasToString(shape.toString());
        assertThat(opened.parameterCount()).isEqualTo(shape.parameterCount());
        Student student = trained.student();
        long[] symbols = symbols(shape, 20);
        assertThat(stepped(opened, opened.newState(20), symbols, 20))
                .containsExactly(stepped(student, student.newState(20), symbols, 20));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void memoryGrowsWithTheTextWhereThereIsAttentionAndNowhereElse(StudentShape shape) {
        Student student = shape.open(RandomTensors.of(shape, 7));
        boolean attends = shape instanceof StudentConfig layered
                && layered.mixers().stream().anyMatch(Attention.class::isInstance);

        assertThat(student.newState(2000).memoryBytes() > student.newState(100).memoryBytes())
                .isEqualTo(attends);
    }

    /** Largest difference of a log-probability of any training form over two sequences of {@code time} random symbols. */
    static double largestDifference(StudentShape shape, Map<String, Tensor> tensors, int time) {
        long[] symbols = symbols(shape, time);
        Packed packed = new Packed(
                Arrays.stream(symbols).mapToInt(symbol -> (int) symbol).toArray(), new int[] {0, time, 2 * time});
        TrainableFamily<StudentShape> family = TrainableFamilies.of(shape);
        float[] engine = logProbabilities(
                new EngineGradients(shape, constants -> family.network(shape, constants)), shape, tensors, packed);
        float[] trained = logProbabilities(family.gradients(shape), shape, tensors, packed);
        Student student = shape.open(tensors);
        float[] logProbabilities = new float[shape.alphabetSize()];
        double largest = 0;
        int at = 0;
        for (int row = 0; row < 2; row++) {
            StudentState state = student.newState(time);
            for (int t = 0; t < time; t++) {
                student.step(state, (int) symbols[row * time + t], logProbabilities);
                for (float expected : logProbabilities) {
                    largest = Math.max(largest, Math.abs(expected - engine[at]));
                    largest = Math.max(largest, Math.abs(expected - trained[at]));
                    at++;
                }
            }
        }
        assertThat(at).isEqualTo(engine.length).isEqualTo(trained.length);
        return largest;
    }

    /** Two sequences, one behind the other. */
    private static long[] symbols(StudentShape shape, int time) {
        return new Random(time).longs(2L * time, 0, shape.alphabetSize()).toArray();
    }

    private static float[] stepped(Student student, StudentState state, long[] symbols, int count) {
        float[] logProbabilities = new float[student.alphabetSize()];
        for (int t = 0; t < count; t++) {
            student.step(state, (int) symbols[t], logProbabilities);
        }
        return logProbabilities;
    }

    /** [rows, alphabet]. */
    private static float[] logProbabilities(
            GradientSource source, StudentShape shape, Map<String, Tensor> tensors, Packed packed) {
        Parameters weights = new Parameters(shape.tensorShapes());
        weights.load(tensors);
        int alphabet = shape.alphabetSize();
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
