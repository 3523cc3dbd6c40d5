package io.retort.bench.checkpoints;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.NativeEngine;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.distill.teachers.llama.LlamaConfig;
import io.retort.distill.teachers.llama.LlamaConfigJson;
import io.retort.distill.teachers.llama.LlamaModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Prints the memory of this process before a checkpoint is opened, at its peak while it is, and at a pass. Linux only. */
public final class CheckpointMemoryMain {
    private static final int LAYERS = 16;
    private static final int POSITIONS = 512;
    private static final double MIB = 1 << 20;
    private static final int BYTES_A_FLOAT = 4;

    private CheckpointMemoryMain() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("retort-bench-checkpoint");
        try {
            RandomCheckpoint.write(directory, LAYERS);
            measure(directory);
        } finally {
            Files.deleteIfExists(directory.resolve("config.json"));
            Files.deleteIfExists(directory.resolve("model.safetensors"));
            Files.delete(directory);
        }
    }

    private static void measure(Path directory) throws IOException {
        LlamaConfig config = LlamaConfigJson.parse(Files.readAllBytes(directory.resolve("config.json")));
        double weights = BYTES_A_FLOAT * LlamaModel.parameters(config) / MIB;
        NativeEngine.prepare();
        try (NDManager manager = NDManager.newBaseManager();
                CheckpointFiles files = CheckpointFiles.open(directory)) {
            double before = mebibytes("VmRSS");
            LlamaModel model = LlamaModel.load(config, files, manager);
            double opened = mebibytes("VmHWM");
            try (GradientMode mode = GradientMode.paused();
                    NDManager scope = NDManager.newBaseManager()) {
                NDArray ids = scope.ones(new Shape(1, POSITIONS), ai.djl.ndarray.types.DataType.INT64);
                model.logits(model.hidden(ids)).max().getFloat();
            }
            print("parameters", String.format(Locale.ROOT, "%,d", LlamaModel.parameters(config)));
            print("file", mebibytes(Files.size(directory.resolve("model.safetensors")) / MIB));
            print("weights as the engine holds them, 4 bytes each", mebibytes(weights));
            print("process before", mebibytes(before));
            print("peak while opening, above that", mebibytes(opened - before));
            print("  of the weights", String.format(Locale.ROOT, "%.3f", (opened - before) / weights));
            print("peak after a pass of 512 positions, above that", mebibytes(mebibytes("VmHWM") - before));
        }
    }

    private static void print(String what, String figure) {
        System.out.printf(Locale.ROOT, "%-50s %s%n", what, figure);
    }

    private static String mebibytes(double value) {
        return String.format(Locale.ROOT, "%,.0f MiB", value);
    }

    /** A line of /proc/self/status, which is in kibibytes. */
    private static double mebibytes(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
