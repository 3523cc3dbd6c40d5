package io.retort.inference.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaledIntegersTest {
    @Test
    void aFileWrittenByHandIsReadAsIntegersTimesScales() {
        byte[] byRow = file(
                "{\"m\":{\"dtype\":\"I8\",\"shape\":[2,3],\"data_offsets\":[0,6]},"
                        + "\"m.row_scale\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[6,14]}}",
                bytes(1, -2, 127, 0, -127, 3),
                floats(0.5f, 2));
        assertThat(SafetensorsReader.read(byRow)).containsOnlyKeys("m");
        assertThat(values("m", byRow)).containsExactly(0.5f, -1, 63.5f, 0, -254, 6);
        byte[] byColumn = file(
                "{\"m\":{\"dtype\":\"I8\",\"shape\":[2,3],\"data_offsets\":[0,6]},"
                        + "\"m.column_scale\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[6,18]}}",
                bytes(1, -2, 127, 0, -127, 3),
                floats(0.5f, 2, 0));
        assertThat(values("m", byColumn)).containsExactly(0.5f, -4, 0, 0, -254, 0);
    }

    @Test
    void noElementIsOffByMoreThanHalfItsStepAndTheBetterAxisIsTaken(@TempDir Path directory) throws IOException {
        Random random = new Random(5);
        float[] rows = new float[40 * 24];
        float[] columns = new float[40 * 24];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) (random.nextGaussian() * Math.pow(2, i / 24 % 7));
            columns[i] = (float) (random.nextGaussian() * Math.pow(2, i % 24 % 7));
        }
        float[] vector = {1, -0.5f, 3};
        List<Tensor> tensors = List.of(
                new Tensor("rows", new int[] {40, 24}, rows),
                new Tensor("columns", new int[] {40, 24}, columns),
                new Tensor("vector", new int[] {3}, vector),
                new Tensor("small", new int[] {3, 2}, new float[] {1, 2, 3, 4, 5, 6}));
        byte[] file = SafetensorsWriter.write(tensors, StoredType.INT8, Map.of());
        assertThat(SafetensorsReader.header(file).entries())
                .extracting(SafetensorsHeader.Entry::name)
                .containsExactlyInAnyOrder(
                        "rows", "rows.row_scale", "columns", "columns.column_scale", "vector", "small");
        assertThat(file.length).isLessThan(2 * 40 * 24 + 800);
        Path path = Files.write(directory.resolve("t.safetensors"), file);
        for (Map<String, Tensor> read :
                List.of(SafetensorsReader.read(file), SafetensorsReader.read(path), SafetensorsReader.lazily(file))) {
            assertThat(read).containsOnlyKeys("rows", "columns", "vector", "small");
            assertThat(of("vector", read)).containsExactly(vector);
            assertThat(of("small", read)).containsExactly(1, 2, 3, 4, 5, 6);
            for (int i = 0; i < rows.length; i++) {
                float ofRow = largest(rows, i / 24 * 24, 1, 24);
                float ofColumn = largest(columns, i % 24, 24, 40);
                assertThat(of("rows", read)[i]).isCloseTo(rows[i], within(ofRow / 127 * 0.6f));
                assertThat(of("columns", read)[i]).isCloseTo(columns[i], within(ofColumn / 127 * 0.6f));
            }
        }
        // What was read is stored again without further loss.
        byte[] again = SafetensorsWriter.write(SafetensorsReader.read(file).values(), StoredType.INT8, Map.of());
        for (String name : List.of("rows", "columns")) {
            float[] once = of(name, SafetensorsReader.read(file));
            float[] twice = of(name, SafetensorsReader.read(again));
            for (int i = 0; i < once.length; i++) {
                assertThat(twice[i]).isCloseTo(once[i], within(Math.abs(once[i]) * 1e-3f + 1e-6f));
            }
        }
    }

    @Test
    void matricesOfZerosAndOfTinyNumbersKeepWhatTheyAre() {
        float[] tiny = new float[100];
        Arrays.fill(tiny, 3e-9f);
        byte[] file = SafetensorsWriter.write(
                List.of(
                        new Tensor("zero", new int[] {10, 10}, new float[100]),
                        new Tensor("tiny", new int[] {10, 10}, tiny)),
                StoredType.INT8,
                Map.of());
        assertThat(values("zero", file)).containsOnly(0);
        for (float value : values("tiny", file)) {
            assertThat(value).isCloseTo(3e-9f, within(1e-11f));
        }
    }

    @Test
    void scalesAndIntegersThatNoWriterWritesAreRefused() {
        String integers = "\"m\":{\"dtype\":\"I8\",\"shape\":[2,3],\"data_offsets\":[0,6]}";
        String scale = ",\"m.row_scale\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[6,14]}";
        byte[] six = bytes(1, 2, 3, 4, 5, 6);
        for (float wrong :
                new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1e-6f, Float.MAX_VALUE}) {
            refused("{" + integers + scale + "}", six, floats(1, wrong), "m.row_scale");
        }
        refused("{" + integers + scale + "}", bytes(1, 2, 3, 4, -128, 6), floats(1, 1), "-128 at element 4");
        refused("{" + integers + "}", six, new byte[0], "neither");
        refused(
                "{" + integers + scale
                        + ",\"m.column_scale\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[14,26]}}",
                six,
                floats(1, 1, 1, 1, 1),
                "both");
        refused(
                "{" + integers + scale.replace("[2]", "[3]").replace("14", "18") + "}",
                six,
                floats(1, 1, 1),
                "expected the shape [2]");
        refused("{" + integers + scale.replace("[2]", "[1,2]") + "}", six, floats(1, 1), "expected the shape [2]");
        refused("{" + integers.replace("[2,3]", "[6]") + scale + "}", six, floats(1, 1), "expected a matrix");
        refused("{" + integers.replace("I8", "I16") + scale + "}", six, floats(1, 1), "I16");
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        float[] values = new float[96];
        for (int i = 0; i < values.length; i++) {
            values[i] = i - 40;
        }
        byte[] file =
                SafetensorsWriter.write(List.of(new Tensor("m", new int[] {8, 12}, values)), StoredType.INT8, Map.of());
        assertThat(values("m", file)).hasSize(96);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> SafetensorsReader.read(cut)).isInstanceOf(SafetensorsException.class);
        }
        assertThatThrownBy(() -> SafetensorsWriter.write(
                        List.of(new Tensor("m", new int[] {8, 8}, filled(Float.NaN))), StoredType.INT8, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }

    private static float[] filled(float value) {
        float[] values = new float[64];
        values[13] = value;
        return values;
    }

    private static void refused(String header, byte[] integers, byte[] scales, String because) {
        assertThatThrownBy(() -> SafetensorsReader.read(file(header, integers, scales)))
                .as(header)
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(because);
        assertThatThrownBy(() -> SafetensorsReader.lazily(file(header, integers, scales))
                        .values()
                        .forEach(tensor -> assertThat(tensor).isNotNull()))
                .as(header)
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(because);
    }

    private static float largest(float[] values, int from, int step, int count) {
        float largest = 0;
        for (int k = 0; k < count; k++) {
            largest = Math.max(largest, Math.abs(values[from + k * step]));
        }
        return largest;
    }

    private static float[] values(String name, byte[] file) {
        return of(name, SafetensorsReader.read(file));
    }

    private static float[] of(String name, Map<String, Tensor> tensors) {
        return tensors.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue()
                .values();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] floats(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }

    private static byte[] file(String header, byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .array());
        out.writeBytes(json);
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
