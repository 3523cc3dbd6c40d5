package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.retort.inference.students.MemoryFormat;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentShape;
import io.retort.inference.students.StudentState;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StudentAllocationTest {

    @ParameterizedTest
    @MethodSource("io.retort.distill.students.StudentParityTest#shapes")
    void stepsAllocateNothing(StudentShape shape) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Student student = shape.open(RandomTensors.of(shape, 1));
        for (MemoryFormat format : MemoryFormat.values()) {
            // The counter's own call may show; 800 symbols at even one object each would be 12,800 bytes.
            assertThat(allocated(threads, student, student.newState(1000, format)))
                    .as(format.name())
                    .isLessThan(1000);
        }
    }

    private static long allocated(ThreadMXBean threads, Student student, StudentState state) {
        float[] logProbabilities = new float[student.alphabetSize()];
        // Class loading on the way of a first step is not the step's.
        student.step(state, 0, logProbabilities);
        student.prefill(state, 0);
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int t = 0; t < 400; t++) {
            student.step(state, t % 20, logProbabilities);
            student.prefill(state, t % 20);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @MethodSource("io.retort.distill.students.StudentParityTest#shapes")
    void aStateAllocatesNoMoreThanItsShapeForetells(StudentShape shape) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Student student = shape.open(RandomTensors.of(shape, 1));
        for (MemoryFormat format : MemoryFormat.values()) {
            // Class loading on the way of a first state is not the state's.
            student.newState(1, format);
            threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadAllocatedBytes();
            StudentState state = student.newState(5000, format);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(allocated).isBetween(state.memoryBytes(), shape.stateBytes(5000, format) + 1000);
        }
    }
}
