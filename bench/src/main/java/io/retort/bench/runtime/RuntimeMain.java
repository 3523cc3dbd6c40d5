package io.retort.bench.runtime;

import io.retort.bench.PythonRival;
import io.retort.bench.Ratios;
import io.retort.bench.Rival;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.ExpertEntry;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.ScalarKernels;
import io.retort.inference.students.RecurrentAttentionStudent;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentConfigJson;
import io.retort.inference.students.StudentState;
import io.retort.inference.tensors.SafetensorsReader;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Prints what a call of each expert of a bundle, 256 symbols of prompt and 64 of answer, takes on one thread: by the runtime in
 * plain Java and by vectors, by a C program, by ONNX Runtime and by PyTorch, all on the same weights and symbols, by processor
 * time. Rounds take turns; a ratio is the median over rounds with the 95% interval of a bootstrap.
 */
public final class RuntimeMain {
    private static final int PROMPT = 256;
    private static final int ANSWER = 64;
    private static final int ROUNDS = 15;
    private static final int CALLS = 20;
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    /** Sums of 64 logarithms in 32 bits that are added in another order. */
    private static final double SAME_WORK = 0.02;

    private RuntimeMain() {}

    /** One way to do it, a call a time. */
    private interface Way {
        double call() throws IOException;
    }

    /** Takes a bundle's directory. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Bundle bundle = BundleDirectory.open(directory);
        System.out.printf("kernels: %s%n%n", Kernels.best().description());
        String header = "expert | plain Java, by symbol | by symbol | answering | scoring | C | ONNX Runtime | PyTorch";
        System.out.println("Milliseconds of a call, medians:%n".formatted());
        System.out.println("| " + header + " |");
        System.out.println("| --- " + "| ---: ".repeat(7) + "|");
        List<String> ratios = new ArrayList<>();
        for (ExpertEntry entry : bundle.manifest().experts()) {
            JsonObject json = (JsonObject)
                    JsonParser.parse(Files.readAllBytes(directory.resolve(BundleNames.config(entry.id()))));
            Map<String, double[]> rounds = measure(
                    entry.id(),
                    StudentConfigJson.read(json),
                    SafetensorsReader.read(directory.resolve(BundleNames.weights(entry.id()))));
            System.out.println("| " + entry.id() + ", " + entry.parameters() + " | "
                    + rounds.values().stream()
                            .map(each -> String.format(Locale.ROOT, "%.3f", MILLIS * Ratios.median(each)))
                            .collect(Collectors.joining(" | "))
                    + " |");
            ratios.add(ratios(entry.id(), rounds));
        }
        System.out.println("%nTimes as quick:%n".formatted());
        System.out.println("| expert | by symbol / C | answering / C | plain Java / C | by symbol / ONNX Runtime"
                + " | by symbol / PyTorch | scoring / by symbol | scoring / plain Java by symbol |");
        System.out.println("| --- " + "| ---: ".repeat(7) + "|");
        ratios.forEach(System.out::println);
    }

    private static String ratios(String expert, Map<String, double[]> rounds) {
        List<double[]> times = new ArrayList<>(rounds.values());
        double[] plain = times.get(0);
        double[] bySymbol = times.get(1);
        double[] answering = times.get(2);
        double[] scoring = times.get(3);
        double[] c = times.get(4);
        return "| " + expert + " | " + Ratios.of(c, bySymbol) + " | " + Ratios.of(c, answering) + " | "
                + Ratios.of(c, plain) + " | " + Ratios.of(times.get(5), bySymbol) + " | "
                + Ratios.of(times.get(6), bySymbol) + " | " + Ratios.of(bySymbol, scoring) + " | "
                + Ratios.of(plain, scoring) + " |";
    }

    /** Seconds of a call by the name of what did it, [rounds]. */
    private static Map<String, double[]> measure(String id, StudentConfig config, Map<String, Tensor> tensors)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Path.of("bench/target/runtime/" + id));
        Call call = new Call(symbols(), PROMPT);
        Student plain = new RecurrentAttentionStudent(config, tensors, new ScalarKernels());
        Student student = new RecurrentAttentionStudent(config, tensors, Kernels.best());
        StudentState plainState = plain.newState(PROMPT + ANSWER);
        StudentState state = student.newState(PROMPT + ANSWER);
        float[] row = new float[config.alphabetSize()];
        float[] rows = new float[config.alphabetSize() * (ANSWER + 1)];
        String[] files = files(directory, config, tensors, call);
        try (Rival c = CRival.start(directory, config, tensors, call.symbols(), PROMPT);
                Rival onnx = new PythonRival("step_student.py", "onnx", files[0], files[1], files[2]);
                Rival torch = new PythonRival("step_student.py", "torch", files[0], files[1], files[2])) {
            Map<String, Way> ways = new LinkedHashMap<>();
            double answer = call.bySymbol(plain, plainState, row);
            ways.put("plain", timed(answer, () -> call.bySymbol(plain, plainState, row)));
            ways.put("symbol", timed(answer, () -> call.bySymbol(student, state, row)));
            ways.put("answering", timed(answer, () -> call.answering(student, state, row)));
            ways.put("scoring", timed(answer, () -> call.scoring(student, state, rows)));
            ways.put("c", () -> checked(answer, c.round(Integer.toString(CALLS))) / CALLS);
            ways.put("onnx", () -> checked(answer, onnx.round("1")));
            ways.put("torch", () -> checked(answer, torch.round("1")));
            Map<String, double[]> seconds = new LinkedHashMap<>();
            for (int round = -3; round < ROUNDS; round++) {
                for (Map.Entry<String, Way> way : ways.entrySet()) {
                    double took = way.getValue().call();
                    if (round >= 0) {
                        seconds.computeIfAbsent(way.getKey(), name -> new double[ROUNDS])[round] = took;
                    }
                }
            }
            return seconds;
        }
    }

    /** Seconds of a call whose result is the answer's log-probability. */
    private static Way timed(double answer, Way call) {
        return () -> {
            double result = 0;
            for (int i = 0; i < CALLS; i++) {
                result = call.call();
            }
            long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < CALLS; i++) {
                result = call.call();
            }
            long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
            return checked(answer, new Rival.Round(took / NANOS / CALLS, result));
        };
    }

    private static double checked(double answer, Rival.Round round) {
        if (!(Math.abs(answer - round.result()) <= SAME_WORK)) {
            throw new IllegalStateException(
                    "expected the answer's log-probability " + answer + ", found " + round.result());
        }
        return round.seconds();
    }

    private static int[] symbols() {
        SplittableRandom random = new SplittableRandom(1);
        int[] symbols = new int[PROMPT + ANSWER];
        Arrays.setAll(symbols, i -> i == 0 ? Alphabet.END : random.nextInt(Alphabet.ESCAPE));
        return symbols;
    }

    /** Config, weights in 32 bits and the text, as the script reads them. */
    private static String[] files(Path directory, StudentConfig config, Map<String, Tensor> tensors, Call call)
            throws IOException {
        Path json = Files.write(directory.resolve("config.json"), JsonWriter.indented(StudentConfigJson.write(config)));
        Path weights = Files.write(
                directory.resolve("model.safetensors"),
                SafetensorsWriter.write(tensors.values(), StoredType.F32, Map.of()));
        String line = Arrays.stream(call.symbols()).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        Path text = Files.writeString(directory.resolve("text.txt"), call.prompt() + "\n" + line + "\n");
        return new String[] {json.toString(), weights.toString(), text.toString()};
    }
}
