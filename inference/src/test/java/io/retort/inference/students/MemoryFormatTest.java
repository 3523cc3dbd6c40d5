package io.retort.inference.students;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryFormatTest {
    private static final int LENGTH = 600;
    private static final StudentConfig CONFIG = new StudentConfig(
            20,
            12,
            6,
            List.of(
                    new Attention(2, 8, Positions.LOGARITHMIC),
                    new Recurrence(4),
                    new Attention(3, 4, Positions.FORGET)));

    private final RecurrentAttentionStudent student =
            new RecurrentAttentionStudent(CONFIG, RecurrentAttentionStudentTest.tensors(CONFIG, 1));
    private final int[] symbols = new int[LENGTH];

    MemoryFormatTest() {
        for (int t = 0; t < LENGTH; t++) {
            symbols[t] = t * t % 19;
        }
    }

    @ParameterizedTest
    @EnumSource
    void howReadingIsCutChangesNothing(MemoryFormat format) {
        float[] expected = stepped(student.newState(LENGTH, format));
        StudentState cut = student.newState(LENGTH, format);
        student.prefill(cut, symbols, 0, 301);
        float[] rows = new float[299 * 20];
        student.step(cut, symbols, 301, LENGTH, rows);
        float[] last = new float[299 * 20];
        System.arraycopy(expected, 301 * 20, last, 0, last.length);

        assertThat(rows).containsExactly(last);
    }

    @ParameterizedTest
    @EnumSource
    void aClearedStateReadsAsANewOne(MemoryFormat format) {
        StudentState used = student.newState(LENGTH, format);
        student.prefill(used, new int[500], 0, 500);
        used.clear();

        assertThat(stepped(used)).containsExactly(stepped(student.newState(LENGTH, format)));
    }

    @Test
    void fewerBitsChangeLittle() {
        float[] exact = stepped(student.newState(LENGTH));

        assertThat(divergence(exact, stepped(student.newState(LENGTH, MemoryFormat.INT16))))
                .isBetween(1e-12, 1e-6);
        assertThat(divergence(exact, stepped(student.newState(LENGTH, MemoryFormat.INT8))))
                .isBetween(1e-8, 1e-2);
    }

    /** The mean over positions of Σ p ln (p / q). */
    private static double divergence(float[] exact, float[] rounded) {
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            sum += Math.exp(exact[i]) * ((double) exact[i] - rounded[i]);
        }
        return sum / LENGTH;
    }

    @ParameterizedTest
    @EnumSource
    void aStateTakesWhatItsConfigForetells(MemoryFormat format) {
        for (int length : new int[] {1, 40, 600, 20_000}) {
            StudentState state = student.newState(length, format);
            student.step(state, symbols, 0, Math.min(length, 64), new float[64 * 20]);
            long foretold = CONFIG.stateBytes(length, format);

            assertThat(foretold).isBetween(state.memoryBytes(), state.memoryBytes() + state.memoryBytes() / 50 + 9000);
        }
    }

    /** Two formats' bytes a position apart, by hand: keys and values, 12 channels in two layers, and the scales of 5 heads. */
    @Test
    void aLongMemoryIsSmallerInFewerBits() {
        long f32 = CONFIG.stateBytes(25_600, MemoryFormat.F32);
        long int16 = CONFIG.stateBytes(25_600, MemoryFormat.INT16);
        long int8 = CONFIG.stateBytes(25_600, MemoryFormat.INT8);

        assertThat((f32 - int16) / 25_600.0).isBetween(2 * 2 * 12 * 2 - 5 * 8 - 2.0, 2 * 2 * 12 * 2 - 5 * 8 + 0.1);
        assertThat((int16 - int8) / 25_600.0).isBetween(2 * 2 * 12 - 2.0, 2 * 2 * 12 + 0.1);
    }

    private float[] stepped(StudentState state) {
        float[] all = new float[LENGTH * 20];
        float[] row = new float[20];
        for (int t = 0; t < LENGTH; t++) {
            student.step(state, symbols[t], row);
            System.arraycopy(row, 0, all, t * 20, 20);
        }
        return all;
    }
}
