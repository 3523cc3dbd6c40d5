package io.retort.inference.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.tensors.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecurrentAttentionStudentTest {

    private static final StudentConfig CONFIG = new StudentConfig(
            20,
            8,
            6,
            List.of(
                    new Attention(2, 8, Positions.LOGARITHMIC),
                    new Recurrence(4),
                    new Attention(2, 4, Positions.FORGET)));

    private final RecurrentAttentionStudent student = new RecurrentAttentionStudent(CONFIG, tensors(CONFIG, 1));
    private final float[] logProbabilities = new float[20];

    @Test
    void predictionsAreDistributions() {
        StudentState state = student.newState(50);
        for (int t = 0; t < 50; t++) {
            student.step(state, t % 20, logProbabilities);
            double sum = 0;
            for (float value : logProbabilities) {
                sum += Math.exp(value);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void prefillingChangesNothingButTheTime() {
        StudentState stepped = student.newState(40);
        StudentState prefilled = student.newState(40);
        float[] expected = new float[20];
        for (int t = 0; t < 39; t++) {
            student.step(stepped, t * 7 % 20, expected);
            student.prefill(prefilled, t * 7 % 20);
        }
        student.step(stepped, 3, expected);
        student.step(prefilled, 3, logProbabilities);

        assertThat(logProbabilities).containsExactly(expected);
    }

    @Test
    void readingManyAtOnceIsReadingOneAfterTheOther() {
        int[] symbols = new int[150];
        for (int t = 0; t < symbols.length; t++) {
            symbols[t] = t * 7 % 20;
        }
        StudentState stepped = student.newState(150);
        StudentState read = student.newState(150);
        float[] expected = new float[150 * 20];
        float[] rows = new float[150 * 20];
        for (int t = 0; t < symbols.length; t++) {
            student.step(stepped, symbols[t], logProbabilities);
            System.arraycopy(logProbabilities, 0, expected, t * 20, 20);
        }
        student.step(read, symbols, 0, 1, rows);
        float[] some = new float[149 * 20];
        student.step(read, symbols, 1, 40, some);
        System.arraycopy(some, 0, rows, 20, 39 * 20);
        student.prefill(read, symbols, 40, 140);
        student.step(read, symbols, 140, 150, some);
        System.arraycopy(expected, 40 * 20, rows, 40 * 20, 100 * 20);
        System.arraycopy(some, 0, rows, 140 * 20, 10 * 20);

        assertThat(rows).containsExactly(expected);
        assertThat(read.position()).isEqualTo(150);
    }

    @Test
    void refusesMoreThanThereIsRoomForAndRowsWithoutRoom() {
        StudentState state = student.newState(3);
        int[] symbols = {1, 2, 3, 4};

        assertThatIllegalStateException()
                .isThrownBy(() -> student.prefill(state, symbols, 0, 4))
                .withMessageContaining("room for 4");
        assertThatIllegalArgumentException().isThrownBy(() -> student.step(state, symbols, 0, 2, new float[39]));
        assertThat(state.position()).isZero();
    }

    @Test
    void aCopyGoesItsOwnWay() {
        StudentState first = read(student.newState(30), 1, 2, 3);
        StudentState second = first.copy();
        read(second, 9, 9, 9, 9);
        read(first, 4);
        float[] expected = new float[20];
        student.step(read(student.newState(30), 1, 2, 3, 4), 5, expected);

        student.step(first, 5, logProbabilities);

        assertThat(logProbabilities).containsExactly(expected);
        assertThat(second.position()).isEqualTo(7);
    }

    @Test
    void aClearedStateIsAsNew() {
        StudentState used = read(student.newState(30), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        used.clear();
        float[] expected = new float[20];
        student.step(read(student.newState(30), 1, 2), 3, expected);

        student.step(read(used, 1, 2), 3, logProbabilities);

        assertThat(used.position()).isEqualTo(3);
        assertThat(logProbabilities).containsExactly(expected);
    }

    @Test
    void stateCountsWhatItHolds() {
        long small = student.newState(100).memoryBytes();
        long large = student.newState(200).memoryBytes();

        // A hundred positions more: keys and values of 8 floats in both attentions, in the last of them a float for
        // each
        // of two heads, and a double for every 64 positions (4 in place of 2); scores for 208 in place of 112
        // positions.
        assertThat(large - small).isEqualTo(100 * (2 * (8 + 8) + 2) * 4 + 2 * 2 * 8 + (208 - 112) * 4);
    }

    @Test
    void refusesWhatDoesNotBelong() {
        StudentState state = student.newState(1);
        RecurrentAttentionStudent other = new RecurrentAttentionStudent(CONFIG, tensors(CONFIG, 1));

        assertThatIllegalArgumentException().isThrownBy(() -> student.step(state, 20, logProbabilities));
        assertThatIllegalArgumentException().isThrownBy(() -> student.step(state, -1, logProbabilities));
        assertThatIllegalArgumentException().isThrownBy(() -> student.step(state, 0, new float[19]));
        assertThatIllegalArgumentException().isThrownBy(() -> other.step(state, 0, logProbabilities));
        assertThatIllegalArgumentException().isThrownBy(() -> student.newState(0));
        assertThatIllegalArgumentException().isThrownBy(() -> student.newState(Integer.MAX_VALUE));
        student.step(state, 0, logProbabilities);
        assertThatIllegalStateException()
                .isThrownBy(() -> student.step(state, 0, logProbabilities))
                .withMessageContaining("all 1");
    }

    @Test
    void refusesTensorsThatAreNotExactlyTheConfigs() {
        Map<String, Tensor> missing = tensors(CONFIG, 1);
        missing.remove("layers.1.recurrence.gate_bias");
        assertRefused(missing, "layers.1.recurrence.gate_bias");

        Map<String, Tensor> extra = tensors(CONFIG, 1);
        extra.put("spare", new Tensor("spare", new int[] {1}, new float[1]));
        assertRefused(extra, "spare");

        Map<String, Tensor> reshaped = tensors(CONFIG, 1);
        reshaped.put("norm", new Tensor("norm", new int[] {2, 4}, new float[8]));
        assertRefused(reshaped, "norm: expected shape [8], found [2, 4]");

        Map<String, Tensor> poisoned = tensors(CONFIG, 1);
        poisoned.put("norm", new Tensor("norm", new int[] {8}, new float[] {1, 1, Float.NaN, 1, 1, 1, 1, 1}));
        assertRefused(poisoned, "index 2");
    }

    private static void assertRefused(Map<String, Tensor> tensors, String saying) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecurrentAttentionStudent(CONFIG, tensors))
                .withMessageContaining(saying);
    }

    private StudentState read(StudentState state, int... symbols) {
        for (int symbol : symbols) {
            student.step(state, symbol, logProbabilities);
        }
        return state;
    }

    static Map<String, Tensor> tensors(StudentConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        StudentTensors.shapes(config).forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.elements(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.5 * random.nextGaussian());
            }
            tensors.put(name, new Tensor(name, shape, values));
        });
        return tensors;
    }
}
