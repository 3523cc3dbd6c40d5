package io.retort.distill.teachers.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.retort.datasets.InvalidDataException;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.distill.teachers.checkpoints.RawSafetensors;
import io.retort.inference.tensors.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same weights in every stored form: numbers are chosen that each form holds exactly, so that any difference to plain
 * 32-bit floats, whose logits are compared with transformers elsewhere, is a fault of reading.
 */
class StoredWeightsTest {
    private static final NanoConfig CONFIG = SmallModels.config(30, 6, NanoConfig.Head.SEPARATE);

    @TempDir
    Path directory;

    /** Small integers times a power of two a tensor: exact in 4 bits, in E4M3, in BF16 and so on. */
    private static Map<String, Tensor> tensors() {
        Random random = new Random(12);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        TensorLayout.of(CONFIG).forEach((name, shape) -> {
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (random.nextInt(16) - 8) * scale(name);
            }
            int[] dimensions =
                    Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
            tensors.put(name, new Tensor(name, dimensions, values));
        });
        return tensors;
    }

    private static float scale(String name) {
        return name.contains("down_proj") ? 1 / 32f : 1 / 16f;
    }

    private static long[] shape(Tensor tensor) {
        return Arrays.stream(tensor.shape()).asLongStream().toArray();
    }

    private float[] logits(List<RawSafetensors> shards, Map<String, String> index) throws Exception {
        if (index.isEmpty()) {
            Files.write(directory.resolve("model.safetensors"), shards.get(0).bytes());
        } else {
            for (int i = 0; i < shards.size(); i++) {
                Files.write(
                        directory.resolve("part-" + i + ".safetensors"),
                        shards.get(i).bytes());
            }
            List<String> members = new ArrayList<>();
            index.forEach((name, file) -> members.add("\"" + name + "\":\"" + file + "\""));
            Files.writeString(
                    directory.resolve("model.safetensors.index.json"),
                    "{\"weight_map\":{" + String.join(",", members) + "}}");
        }
        try (CheckpointFiles files = CheckpointFiles.open(directory);
                NDManager manager = NDManager.newBaseManager();
                NDManager pass = manager.newSubManager()) {
            NanoModel model = NanoModel.load(CONFIG, files, manager);
            NDArray ids = pass.create(SmallModels.randomIds(20, 30, 5)).expandDims(0);
            return model.logits(model.hidden(ids)).toFloatArray();
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private float[] plain() throws Exception {
        RawSafetensors file = new RawSafetensors();
        tensors().values().forEach(t -> file.add(t.name(), "F32", shape(t), RawSafetensors.f32(t.values())));
        return logits(List.of(file), Map.of());
    }

    private static void assertEqual(float[] expected, float[] found) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).as("logit %d", i).isCloseTo(expected[i], within(1e-6));
        }
    }

    @Test
    void halvesInTwoShardsGiveThePlainWeightsLogits() throws Exception {
        List<RawSafetensors> shards = List.of(new RawSafetensors(), new RawSafetensors());
        Map<String, String> index = new LinkedHashMap<>();
        int at = 0;
        for (Tensor tensor : tensors().values()) {
            shards.get(at % 2).add(tensor.name(), "BF16", shape(tensor), RawSafetensors.bf16(tensor.values()));
            index.put(tensor.name(), "part-" + at++ % 2 + ".safetensors");
        }
        assertEqual(plain(), logits(shards, index));
    }

    @Test
    void eightBitFloatsWithBlockScalesGiveThePlainWeightsLogits() throws Exception {
        RawSafetensors file = new RawSafetensors();
        tensors().forEach((name, tensor) -> {
            if (!name.endsWith("_proj.weight")) {
                file.add(name, "F32", shape(tensor), RawSafetensors.f32(tensor.values()));
                return;
            }
            byte[] elements = new byte[tensor.values().length];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = e4m3(Math.round(tensor.values()[i] / scale(name)));
            }
            file.add(name, "F8_E4M3", shape(tensor), elements);
            file.add(name + "_scale_inv", "F32", new long[] {1, 1}, RawSafetensors.f32(scale(name)));
        });
        assertEqual(plain(), logits(List.of(file), Map.of()));
    }

    /** An integer of -8 to 7 in E4M3: its highest bit is the exponent's, the others are the fraction. */
    private static byte e4m3(int integer) {
        int magnitude = Math.abs(integer);
        if (magnitude == 0) {
            return 0;
        }
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude);
        int fraction = magnitude * 8 / (1 << exponent) - 8;
        return (byte) ((integer < 0 ? 128 : 0) | exponent + 7 << 3 | fraction);
    }

    @Test
    void fourBitExpertsGiveThePlainWeightsLogits() throws Exception {
        RawSafetensors file = new RawSafetensors();
        tensors().forEach((name, tensor) -> {
            if (!name.contains(".experts.")) {
                file.add(name, "BF16", shape(tensor), RawSafetensors.bf16(tensor.values()));
                return;
            }
            int rows = tensor.shape()[0];
            int columns = tensor.shape()[1];
            int[] words = new int[rows * ((columns + 7) / 8)];
            for (int i = 0; i < tensor.values().length; i++) {
                int nibble = Math.round(tensor.values()[i] / scale(name)) + 8;
                int column = i % columns;
                words[i / columns * ((columns + 7) / 8) + column / 8] |= nibble << 4 * (column % 8);
            }
            float[] scales = new float[rows];
            Arrays.fill(scales, scale(name));
            file.add(name + "_packed", "I32", new long[] {rows, (columns + 7) / 8}, RawSafetensors.i32(words));
            file.add(name + "_scale", "BF16", new long[] {rows, 1}, RawSafetensors.bf16(scales));
            file.add(name + "_shape", "I32", new long[] {2}, RawSafetensors.i32(rows, columns));
        });
        assertEqual(plain(), logits(List.of(file), Map.of()));
    }

    @Test
    void aWeightThatIsNoNumberIsRefusedByNameAndPlace() {
        RawSafetensors file = new RawSafetensors();
        tensors().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            if (name.equals("model.layers.1.mlp.experts.3.up_proj.weight")) {
                values[5] = Float.NaN;
            }
            file.add(name, "F32", shape(tensor), RawSafetensors.f32(values));
        });
        assertThatThrownBy(() -> logits(List.of(file), Map.of()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("tensor model.layers.1.mlp.experts.3.up_proj.weight")
                .hasMessageContaining("NaN at element 5");
    }
}
