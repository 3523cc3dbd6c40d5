package io.retort.bench.runtime;

import io.retort.bench.Ratios;
import io.retort.bench.runtime.KernelsWithout.Part;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.ExpertEntry;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.ScalarKernels;
import io.retort.inference.students.RecurrentAttentionStudent;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentConfigJson;
import io.retort.inference.students.StudentState;
import io.retort.inference.tensors.SafetensorsReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Prints where the time goes when a text is scored at once, 256 symbols of prompt and 64 of answer, and how much quicker that can be than
 * one symbol after the other by the same kernels: each part is left out in turn, and what is saved is its share. Processor time of one
 * thread, medians of rounds that take turns.
 */
public final class BatchMain {
    private static final int PROMPT = 256;
    private static final int ANSWER = 64;
    private static final int ROUNDS = 60;
    private static final int WARM_UP = 60;
    private static final int CALLS = 10;
    private static final double NANOS_A_MILLISECOND = 1e6;
    private static final int PERCENT = 100;

    private BatchMain() {}

    /** Takes a bundle's directory, and {@code plain} behind it for plain Java. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        boolean plain = arguments.length > 1 && arguments[1].equals("plain");
        Bundle bundle = BundleDirectory.open(directory);
        KernelsWithout kernels = new KernelsWithout(plain ? new ScalarKernels() : Kernels.best());
        System.out.printf("kernels: %s%n%n", kernels.description());
        System.out.println(
                "| expert | by symbol, ms | at once, ms | times as quick | at once, % of its time: products | attention"
                        + " | convolutions | scalings | sigmoids | exponentials | all else | if products alone took time |");
        System.out.println("| --- " + "| ---: ".repeat(11) + "|");
        for (ExpertEntry entry : bundle.manifest().experts()) {
            JsonObject json = (JsonObject)
                    JsonParser.parse(Files.readAllBytes(directory.resolve(BundleNames.config(entry.id()))));
            StudentConfig config = StudentConfigJson.read(json);
            Student student = new RecurrentAttentionStudent(
                    config, SafetensorsReader.read(directory.resolve(BundleNames.weights(entry.id()))), kernels);
            System.out.println("| " + entry.id() + " | " + line(student, kernels) + " |");
        }
    }

    private static String line(Student student, KernelsWithout kernels) {
        Call call = new Call(symbols(), PROMPT);
        StudentState state = student.newState(PROMPT + ANSWER);
        float[] row = new float[student.alphabetSize()];
        float[] rows = new float[student.alphabetSize() * (ANSWER + 1)];
        double[] bySymbol = new double[ROUNDS];
        Map<Part, double[]> atOnce = new EnumMap<>(Part.class);
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double took = millis(() -> call.bySymbol(student, state, row));
            if (round >= 0) {
                bySymbol[round] = took;
            }
            for (Part part : Part.values()) {
                kernels.leaveOut(part);
                took = millis(() -> call.scoring(student, state, rows));
                if (round >= 0) {
                    atOnce.computeIfAbsent(part, each -> new double[ROUNDS])[round] = took;
                }
            }
            kernels.leaveOut(Part.NOTHING);
        }
        double one = Ratios.median(bySymbol);
        double[] whole = atOnce.getOrDefault(Part.NOTHING, new double[0]);
        Map<Part, Double> medians = new EnumMap<>(Part.class);
        atOnce.forEach((part, each) -> medians.put(part, Ratios.median(each)));
        double all = medians.getOrDefault(Part.NOTHING, Double.NaN);
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "%.3f | %.3f | %s", one, all, Ratios.of(bySymbol, whole)));
        double rest = all;
        for (Part part : Part.values()) {
            if (part != Part.NOTHING) {
                double share = all - medians.getOrDefault(part, Double.NaN);
                rest -= share;
                text.append(String.format(Locale.ROOT, " | %.0f", PERCENT * share / all));
            }
        }
        double products = all - medians.getOrDefault(Part.PRODUCTS, Double.NaN);
        return text.append(String.format(Locale.ROOT, " | %.0f | %.1f", PERCENT * rest / all, one / products))
                .toString();
    }

    private static double millis(Runnable call) {
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / NANOS_A_MILLISECOND / CALLS;
    }

    private static int[] symbols() {
        SplittableRandom random = new SplittableRandom(1);
        int[] symbols = new int[PROMPT + ANSWER];
        Arrays.setAll(symbols, i -> i == 0 ? Alphabet.END : random.nextInt(Alphabet.ESCAPE));
        return symbols;
    }
}
