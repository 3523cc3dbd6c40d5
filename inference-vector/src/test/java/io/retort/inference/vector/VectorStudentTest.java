package io.retort.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.ScalarKernels;
import io.retort.inference.students.MemoryFormat;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.students.RecurrentAttentionStudent;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentState;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorStudentTest {
    private static final StudentConfig CONFIG = new StudentConfig(
            98,
            28,
            21,
            List.of(
                    new Recurrence(4),
                    new Attention(2, 8, Positions.LOGARITHMIC),
                    new Attention(2, 4, Positions.FORGET)));

    @ParameterizedTest
    @EnumSource
    void predictsWhatPlainJavaDoes(MemoryFormat format) {
        RecurrentAttentionStudent plain = student(new ScalarKernels());
        RecurrentAttentionStudent vectors = student(new VectorKernels());
        StudentState first = plain.newState(400, format);
        StudentState second = vectors.newState(400, format);
        // What is at the edge of two integers becomes one or the other by the last bit of a float.
        float close = format == MemoryFormat.F32 ? 1e-4f : 1e-2f;
        float[] expected = new float[98];
        float[] found = new float[98];
        for (int t = 0; t < 400; t++) {
            plain.step(first, t * 31 % 97, expected);
            vectors.step(second, t * 31 % 97, found);
            for (int symbol = 0; symbol < 98; symbol++) {
                assertThat(found[symbol]).isCloseTo(expected[symbol], within(close));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readingManyAtOnceIsReadingOneAfterTheOther(MemoryFormat format) {
        RecurrentAttentionStudent student = student(new VectorKernels());
        int[] symbols = new int[200];
        for (int t = 0; t < symbols.length; t++) {
            symbols[t] = t * 31 % 97;
        }
        float[] row = new float[98];
        float[] rows = new float[200 * 98];
        StudentState stepped = student.newState(200, format);
        student.step(student.newState(200, format), symbols, 0, 200, rows);
        for (int t = 0; t < 200; t++) {
            student.step(stepped, symbols[t], row);
            for (int symbol = 0; symbol < 98; symbol++) {
                assertThat(rows[t * 98 + symbol]).isEqualTo(row[symbol]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStepAllocatesNothingOnceItIsCompiled(MemoryFormat format) {
        RecurrentAttentionStudent student = student(new VectorKernels());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        StudentState state = student.newState(1000, format);
        float[] row = new float[98];
        // Interpreted and quickly compiled code makes an object of every vector.
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 60 && allocated >= 1000; round++) {
            state.clear();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int t = 0; t < 1000; t++) {
                student.step(state, t % 97, row);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isLessThan(1000);
    }

    private static RecurrentAttentionStudent student(Kernels kernels) {
        return new RecurrentAttentionStudent(CONFIG, TinyBundle.weights(CONFIG, 7), kernels);
    }
}
