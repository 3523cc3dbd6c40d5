package io.retort.bench.runtime;

import io.retort.bench.Rival;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentTensors;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code bench/c/student.c}, compiled by {@code gcc -O3 -march=native}. */
final class CRival {
    private static final Path SOURCE = Path.of("bench/c/student.c");

    private CRival() {}

    static Rival start(Path directory, StudentConfig config, Map<String, Tensor> tensors, int[] symbols, int prompt)
            throws IOException, InterruptedException {
        Path program = directory.resolve("student");
        List<String> gcc = List.of("gcc", "-O3", "-march=native", "-o", program.toString(), SOURCE.toString(), "-lm");
        int code = new ProcessBuilder(gcc).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("expected " + String.join(" ", gcc) + " to succeed, found exit code " + code);
        }
        Path model = Files.write(directory.resolve("student.bin"), model(config, tensors));
        List<Integer> text = new ArrayList<>(List.of(symbols.length, prompt));
        for (int symbol : symbols) {
            text.add(symbol);
        }
        Path file = Files.write(directory.resolve("text.bin"), ints(text));
        return new Rival(List.of(program.toString(), model.toString(), file.toString()), Map.of());
    }

    private static byte[] model(StudentConfig config, Map<String, Tensor> tensors) {
        List<Integer> header = new ArrayList<>(List.of(
                config.alphabetSize(),
                config.width(),
                config.hiddenWidth(),
                config.mixers().size(),
                config.depth() / config.mixers().size()));
        for (Mixer mixer : config.mixers()) {
            if (mixer instanceof Attention attention) {
                header.addAll(List.of(
                        1,
                        mixer.kernel(),
                        attention.heads(),
                        attention.positions().ordinal()));
            } else {
                header.addAll(List.of(0, mixer.kernel(), 0, 0));
            }
        }
        ByteBuffer model = ByteBuffer.allocate((int) (4 * (header.size() + config.parameterCount())))
                .order(ByteOrder.LITTLE_ENDIAN);
        model.put(ints(header));
        for (String name : StudentTensors.shapes(config).keySet()) {
            for (float value : Objects.requireNonNull(tensors.get(name)).values()) {
                model.putFloat(value);
            }
        }
        return model.array();
    }

    private static byte[] ints(List<Integer> values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(buffer::putInt);
        return buffer.array();
    }
}
