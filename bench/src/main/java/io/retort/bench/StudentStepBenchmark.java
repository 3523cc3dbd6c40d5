package io.retort.bench;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentState;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One symbol read and one predicted, after a prompt of 256 symbols, against the least that its weights cost: a product
 * of a vector with a dense matrix of as many numbers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StudentStepBenchmark {
    private static final int PROMPT = 256;
    private static final int STEPS = 64;
    private static final int ROW = 32;

    /** Numbers in the student. */
    @Param({"10000", "30000", "50000"})
    public int parameters;

    private Student student = RandomModels.student(10_000, 1);
    private StudentState prompt = student.newState(1);
    private StudentState state = prompt;
    private float[] logProbabilities = new float[0];
    private float[] matrix = new float[0];
    private float[] vector = new float[0];

    /** Reads the prompt once. */
    @Setup
    public void read() {
        student = RandomModels.student(parameters, 1);
        prompt = student.newState(PROMPT + STEPS);
        for (int i = 0; i < PROMPT; i++) {
            student.prefill(prompt, i % Alphabet.END);
        }
        logProbabilities = new float[Alphabet.SIZE];
        matrix = new float[(int) student.parameterCount() / ROW * ROW];
        Arrays.fill(matrix, 0.5f);
        vector = new float[ROW];
        Arrays.fill(vector, 0.25f);
    }

    /** Goes back to the end of the prompt. */
    @Setup(Level.Invocation)
    public void rewind() {
        state = prompt.copy();
    }

    /** What is measured. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public float step() {
        float sum = 0;
        for (int i = 0; i < STEPS; i++) {
            student.step(state, i, logProbabilities);
            sum += logProbabilities[i];
        }
        return sum;
    }

    /** The baseline. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public float denseProduct() {
        float sum = 0;
        for (int i = 0; i < STEPS; i++) {
            for (int row = 0; row < matrix.length; row += ROW) {
                float product = 0;
                for (int c = 0; c < ROW; c++) {
                    product += matrix[row + c] * vector[c];
                }
                sum += product;
            }
        }
        return sum;
    }
}
