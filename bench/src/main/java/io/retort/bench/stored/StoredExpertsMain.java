package io.retort.bench.stored;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.ExpertEntry;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonObject;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * Stores the experts of a bundle, which should itself be stored in 32 bits, in each type and prints a table: bytes of their
 * files, the same under DEFLATE, the time to read them, and symbols a second of the runtime as a ratio to 32 bits. Types take
 * turns, so that each meets the same machine; ratios are medians over rounds.
 */
public final class StoredExpertsMain {
    private static final List<StoredType> TYPES = List.of(StoredType.F32, StoredType.F16, StoredType.INT8);
    private static final int ROUNDS = 15;
    private static final int SYMBOLS = 256;

    private StoredExpertsMain() {}

    private record StoredExpert(StudentConfig config, byte[] file) {
        Student open() {
            return new RecurrentAttentionStudent(config, SafetensorsReader.read(file));
        }
    }

    /** Takes a bundle's directory. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        List<List<StoredExpert>> stored = new ArrayList<>();
        for (StoredType type : TYPES) {
            stored.add(experts(directory, type));
        }
        double[][] reading = new double[TYPES.size()][ROUNDS];
        double[][] stepping = new double[TYPES.size()][ROUNDS];
        for (int round = -3; round < ROUNDS; round++) {
            for (int t = 0; t < TYPES.size(); t++) {
                long start = System.nanoTime();
                List<Student> students =
                        stored.get(t).stream().map(StoredExpert::open).toList();
                long opened = System.nanoTime();
                students.forEach(StoredExpertsMain::run);
                long done = System.nanoTime();
                if (round >= 0) {
                    reading[t][round] = (opened - start) / 1e6;
                    stepping[t][round] = SYMBOLS * students.size() / ((done - opened) / 1e9);
                }
            }
        }
        System.out.println("stored  bytes  deflated  read in ms  symbols/s  ratio to f32");
        for (int t = 0; t < TYPES.size(); t++) {
            long bytes = 0;
            long deflated = 0;
            for (StoredExpert expert : stored.get(t)) {
                bytes += expert.file().length;
                deflated += deflated(expert.file());
            }
            double[] ratios = new double[ROUNDS];
            for (int r = 0; r < ROUNDS; r++) {
                ratios[r] = stepping[t][r] / stepping[0][r];
            }
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-6s  %,d  %,d  %.2f  %,.0f  %.3f",
                    TYPES.get(t).name().toLowerCase(Locale.ROOT),
                    bytes,
                    deflated,
                    median(reading[t]),
                    median(stepping[t]),
                    median(ratios)));
        }
    }

    private static List<StoredExpert> experts(Path directory, StoredType type) throws IOException {
        Bundle bundle = BundleDirectory.open(directory);
        List<StoredExpert> experts = new ArrayList<>();
        for (ExpertEntry entry : bundle.manifest().experts()) {
            JsonObject config = (JsonObject)
                    JsonParser.parse(Files.readAllBytes(directory.resolve(BundleNames.config(entry.id()))));
            Map<String, Tensor> tensors = SafetensorsReader.read(directory.resolve(BundleNames.weights(entry.id())));
            experts.add(new StoredExpert(
                    StudentConfigJson.read(config), SafetensorsWriter.write(tensors.values(), type, Map.of())));
        }
        return experts;
    }

    private static void run(Student student) {
        StudentState state = student.newState(SYMBOLS);
        float[] prediction = new float[student.alphabetSize()];
        for (int i = 0; i < SYMBOLS; i++) {
            student.step(state, (i * 31) % (Alphabet.SIZE - 1), prediction);
        }
    }

    private static int deflated(byte[] file) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(file);
        deflater.finish();
        byte[] buffer = new byte[1 << 16];
        int total = 0;
        while (!deflater.finished()) {
            total += deflater.deflate(buffer);
        }
        deflater.end();
        return total;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
