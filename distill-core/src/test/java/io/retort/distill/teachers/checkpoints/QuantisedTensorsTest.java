package io.retort.distill.teachers.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantisedTensorsTest {
    private static CheckpointFiles open(RawSafetensors file) {
        return CheckpointFiles.of(file.bytes(), "test");
    }

    private static float[] read(CheckpointFiles files, String name) {
        StoredTensor tensor = files.tensor(name);
        float[] values = new float[(int) tensor.elements()];
        tensor.rows(0, tensor.rows(), values);
        return values;
    }

    private static void assertRefused(RawSafetensors file, String... words) {
        assertThatThrownBy(() -> open(file).close())
                .isInstanceOf(InvalidDataException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    /** All 256 values as the Python package ml_dtypes has them; the file says how it was made. */
    private static float[] published() throws IOException {
        try (InputStream stream = QuantisedTensorsTest.class.getResourceAsStream("/checkpoints/float8_e4m3fn.txt")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            String[] numbers =
                    text.lines().filter(line -> !line.startsWith("#")).toArray(String[]::new);
            float[] values = new float[numbers.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.parseFloat(numbers[i]);
            }
            return values;
        }
    }

    @Test
    void eachOfThe256EightBitFloatsHasItsPublishedValue() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        RawSafetensors file = new RawSafetensors()
                .add("w", "F8_E4M3", new long[] {2, 128}, all)
                .add("w_scale_inv", "F32", new long[] {1, 1}, RawSafetensors.f32(1));
        try (CheckpointFiles files = open(file)) {
            assertThat(read(files, "w")).hasSize(256).isEqualTo(published());
        }
    }

    @Test
    void eightBitFloatsAreTimesTheScaleOfTheirBlockAndEdgeBlocksMayBePartial() throws Exception {
        int rows = 259;
        int columns = 130;
        byte[] elements = new byte[rows * columns];
        Random random = new Random(3);
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (byte) (random.nextInt(2) * 128 + random.nextInt(127));
        }
        float[] scales = {0.5f, 3e-4f, 7f, 1.25f, 1e-3f, 2f};
        RawSafetensors file = new RawSafetensors()
                .add("w_scale_inv", "F32", new long[] {3, 2}, RawSafetensors.f32(scales))
                .add("w", "F8_E4M3", new long[] {rows, columns}, elements);
        float[] published = published();
        try (CheckpointFiles files = open(file)) {
            StoredTensor tensor = files.tensor("w");
            assertThat(files.names()).as("a scale is no tensor of its own").containsExactly("w");
            assertThat(tensor.encoding()).isEqualTo(WeightEncoding.F8_BLOCKS);
            assertThat(tensor.storedBytes()).isEqualTo(rows * columns + 6 * 4);
            float[] some = new float[(rows - 100) * columns];
            tensor.rows(100, rows, some);
            for (int row = 100; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    float scale = scales[(row < 128 ? 0 : row < 256 ? 2 : 4) + (column < 128 ? 0 : 1)];
                    assertThat(some[(row - 100) * columns + column])
                            .as("row %d, column %d", row, column)
                            .isEqualTo(published[elements[row * columns + column] & 0xFF] * scale);
                }
            }
        }
    }

    @Test
    void fourBitIntegersAreUnpackedLowestFirstLessEightTimesTheScaleOfTheirGroup() {
        int columns = 71; // three groups, the last of 7; nine words, the last of 7 integers
        int[][] integers = new int[3][columns];
        Random random = new Random(4);
        int[] words = new int[3 * 9];
        for (int row = 0; row < 3; row++) {
            BigInteger bits = BigInteger.ZERO;
            for (int column = 0; column < columns; column++) {
                integers[row][column] = random.nextInt(16) - 8;
                bits = bits.or(BigInteger.valueOf(integers[row][column] + 8L).shiftLeft(4 * column));
            }
            for (int word = 0; word < 9; word++) {
                words[row * 9 + word] = bits.shiftRight(32 * word).intValue();
            }
        }
        float[] scales = {0.5f, 1, 2, 0.25f, 3, -1, 8, 0.125f, 1.5f};
        RawSafetensors file = new RawSafetensors()
                .add("up.weight_packed", "I32", new long[] {3, 9}, RawSafetensors.i32(words))
                .add("up.weight_scale", "BF16", new long[] {3, 3}, RawSafetensors.bf16(scales))
                .add("up.weight_shape", "I32", new long[] {2}, RawSafetensors.i32(3, columns));
        try (CheckpointFiles files = open(file)) {
            StoredTensor tensor = files.tensor("up.weight");
            assertThat(files.names()).containsExactly("up.weight");
            assertThat(tensor.shape()).containsExactly(3, columns);
            assertThat(tensor.encoding()).isEqualTo(WeightEncoding.INT4_GROUPS);
            float[] values = read(files, "up.weight");
            float[] last = new float[columns];
            tensor.rows(2, 3, last);
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < columns; column++) {
                    float expected = integers[row][column] * scales[row * 3 + column / 32];
                    assertThat(values[row * columns + column]).isEqualTo(expected);
                    assertThat(row == 2 ? last[column] : expected).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void weightsWithoutTheirScalesAndScalesWithoutTheirWeightsAreRefusedByName() {
        RawSafetensors noScale = new RawSafetensors().add("w", "F8_E4M3", new long[] {1, 1}, new byte[1]);
        assertRefused(noScale, "tensor w ", "expected tensor w_scale_inv");
        RawSafetensors noWeight = new RawSafetensors().add("w_scale_inv", "F32", new long[] {1, 1}, new byte[4]);
        assertRefused(noWeight, "expected tensor w with it");
        RawSafetensors wrongBlocks = new RawSafetensors()
                .add("w", "F8_E4M3", new long[] {129, 1}, new byte[129])
                .add("w_scale_inv", "F32", new long[] {1, 1}, new byte[4]);
        assertRefused(wrongBlocks, "tensor w_scale_inv", "[1, 1] scales for [129, 1]");
        RawSafetensors noShape = new RawSafetensors()
                .add("u.weight_packed", "I32", new long[] {1, 1}, new byte[4])
                .add("u.weight_scale", "F32", new long[] {1, 1}, new byte[4]);
        assertRefused(noShape, "tensor u.weight_packed", "u.weight_shape");
        RawSafetensors otherGroups = new RawSafetensors()
                .add("u.weight_packed", "I32", new long[] {1, 16}, new byte[64])
                .add("u.weight_scale", "F32", new long[] {1, 1}, new byte[4])
                .add("u.weight_shape", "I32", new long[] {2}, RawSafetensors.i32(1, 128));
        assertRefused(otherGroups, "tensor u.weight_scale", "[1, 4]", "[1, 1]");
        RawSafetensors asymmetric = new RawSafetensors()
                .add("u.weight_packed", "I32", new long[] {1, 1}, new byte[4])
                .add("u.weight_scale", "F32", new long[] {1, 1}, new byte[4])
                .add("u.weight_shape", "I32", new long[] {2}, RawSafetensors.i32(1, 8))
                .add("u.weight_zero_point", "I32", new long[] {1, 1}, new byte[4]);
        assertRefused(asymmetric, "tensor u.weight_zero_point", "symmetric");
    }
}
