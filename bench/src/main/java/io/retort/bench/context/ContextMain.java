package io.retort.bench.context;

import io.retort.bench.Ratios;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.Expert;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.students.MemoryFormat;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentState;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints, for lengths of 1,024 to 131,072 symbols and each format of memory, what reading so much takes a bundle's expert, what
 * a symbol takes that is written after it, and what the state holds beside what its config foretold; then what the expert
 * recalls of prompts of the suite context. Processor time of one thread, medians; formats take turns.
 */
public final class ContextMain {
    private static final List<Integer> LENGTHS = List.of(1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072);
    private static final int WRITTEN = 64;
    private static final int ROUNDS = 5;
    private static final int WARM_UPS = 10;
    private static final String USAGE = "expected BUNDLE [EXPERT [PROMPTS]], found ";

    private ContextMain() {}

    /** Takes a bundle's directory, an expert of it ({@code context}) and prompts a length (48, 0 for none). */
    public static void main(String[] arguments) {
        if (arguments.length < 1 || arguments.length > 3) {
            throw new IllegalArgumentException(USAGE + Arrays.toString(arguments));
        }
        Expert expert = expert(Path.of(arguments[0]), arguments.length > 1 ? arguments[1] : "context");
        Student student = expert.open();
        System.out.printf(
                "%s, %,d parameters; kernels: %s%n%n",
                expert.id(), expert.shape().parameterCount(), Kernels.best().description());
        System.out.println("| symbols | memory | read, ms | read, us a symbol | written, ms a symbol | state, bytes "
                + "| foretold, bytes |");
        System.out.println("| ---: | --- | ---: | ---: | ---: | ---: | ---: |");
        // The first is measured for nothing, until all of it is compiled.
        for (int i = 0; i < WARM_UPS; i++) {
            time(expert, student, LENGTHS.get(2));
        }
        for (int length : LENGTHS) {
            time(expert, student, length).forEach(System.out::println);
        }
        int prompts = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 48;
        if (prompts > 0) {
            System.out.println();
            new RecallTable(student, prompts).print(System.out);
        }
    }

    private static Expert expert(Path directory, String id) {
        Bundle bundle = BundleDirectory.open(directory);
        return bundle.experts().stream()
                .filter(expert -> expert.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected an expert of " + bundle.manifest().experts() + ", found " + id));
    }

    private static List<String> time(Expert expert, Student student, int length) {
        MemoryFormat[] formats = MemoryFormat.values();
        double[][] reading = new double[formats.length][ROUNDS];
        double[][] writing = new double[formats.length][ROUNDS];
        long[] bytes = new long[formats.length];
        int[] symbols = symbols(length + WRITTEN, student.alphabetSize());
        float[] row = new float[student.alphabetSize()];
        for (int round = -1; round < ROUNDS; round++) {
            for (int f = 0; f < formats.length; f++) {
                StudentState state = student.newState(symbols.length, formats[f]);
                long start = processorNanos();
                student.prefill(state, symbols, 0, length);
                long read = processorNanos();
                for (int i = length; i < symbols.length; i++) {
                    student.step(state, symbols[i], row);
                }
                long written = processorNanos();
                if (round >= 0) {
                    reading[f][round] = (read - start) / 1e6;
                    writing[f][round] = (written - read) / 1e6 / WRITTEN;
                }
                bytes[f] = state.memoryBytes();
            }
        }
        List<String> lines = new ArrayList<>();
        for (int f = 0; f < formats.length; f++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %,d | %s | %.1f | %.2f | %.3f | %,d | %,d |",
                    length,
                    formats[f],
                    Ratios.median(reading[f]),
                    1e3 * Ratios.median(reading[f]) / length,
                    Ratios.median(writing[f]),
                    bytes[f],
                    expert.shape().stateBytes(symbols.length, formats[f])));
        }
        return lines;
    }

    private static int[] symbols(int count, int alphabet) {
        SplittableRandom random = new SplittableRandom(1);
        return random.ints(count, 0, alphabet - 1).toArray();
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
