package io.retort.inference.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    private static byte[] file(String header, int dataBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 8; i++) {
            out.write((int) ((long) json.length >>> 8 * i));
        }
        out.writeBytes(json);
        out.writeBytes(new byte[dataBytes]);
        return out.toByteArray();
    }

    private static Tensor named(String name, Map<String, Tensor> tensors) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    private static List<Tensor> tensors() {
        return List.of(
                new Tensor("b", new int[] {2, 3}, new float[] {1, -2, 3.5f, 0, -0.25f, 1024}),
                new Tensor("a", new int[] {}, new float[] {7}),
                new Tensor("empty", new int[] {0, 4}, new float[0]));
    }

    @Test
    void aFileWrittenByHandIsRead() {
        byte[] file = file(
                "{\"__metadata__\":{\"k\":\"v\"},\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"h\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[4,6]},"
                        + "\"w\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[6,8]}}  ",
                0);
        // 1.5f = 0x3FC00000, half 3.140625 = 0x4248, bfloat -2 = 0xC000; little-endian.
        byte[] data = {0, 0, (byte) 0xC0, 0x3F, 0x48, 0x42, 0, (byte) 0xC0};
        byte[] whole = Arrays.copyOf(file, file.length + data.length);
        System.arraycopy(data, 0, whole, file.length, data.length);
        Map<String, Tensor> read = SafetensorsReader.read(whole);
        assertThat(named("x", read).values()).containsExactly(1.5f);
        assertThat(named("h", read).values()).containsExactly(3.140625f);
        assertThat(named("w", read).values()).containsExactly(-2f);
        assertThat(SafetensorsReader.header(whole).metadata()).containsEntry("k", "v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "F16"})
    void whatIsWrittenIsReadFromMemoryAndFromAFile(String type, @TempDir Path directory) throws IOException {
        byte[] file = SafetensorsWriter.write(tensors(), StoredType.valueOf(type), Map.of("made", "here"));
        Path path = Files.write(directory.resolve("t.safetensors"), file);
        for (Map<String, Tensor> read :
                List.of(SafetensorsReader.read(file), SafetensorsReader.read(path), SafetensorsReader.lazily(file))) {
            assertThat(read.keySet()).containsExactly("a", "b", "empty");
            for (Tensor tensor : tensors()) {
                assertThat(named(tensor.name(), read).shape()).isEqualTo(tensor.shape());
                assertThat(named(tensor.name(), read).values()).isEqualTo(tensor.values());
            }
        }
        assertThat(SafetensorsReader.header(path).metadata()).containsExactly(Map.entry("made", "here"));
    }

    @Test
    void aTensorLargerThanABlockIsReadWholeFromAFile(@TempDir Path directory) throws IOException {
        float[] values = new float[100_003];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = Float16.toFloat(Float16.fromFloat(random.nextFloat()));
        }
        Tensor tensor = new Tensor("t", new int[] {values.length}, values);
        byte[] file = SafetensorsWriter.write(List.of(tensor), StoredType.F16, Map.of());
        Path path = Files.write(directory.resolve("t.safetensors"), file);
        assertThat(named("t", SafetensorsReader.read(path)).values()).isEqualTo(values);
    }

    @Test
    void aTensorThatIsDecodedWhenItIsAskedForIsNotKept() {
        float[] values = new float[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = i - 50;
        }
        List<Tensor> tensors = List.of(
                new Tensor("matrix", new int[] {10, 10}, values), new Tensor("vector", new int[] {2}, new float[2]));
        byte[] file = SafetensorsWriter.write(tensors, StoredType.INT8, Map.of());
        Map<String, Tensor> lazily = SafetensorsReader.lazily(file);
        assertThat(lazily.keySet())
                .containsExactlyElementsOf(SafetensorsReader.read(file).keySet());
        assertThat(lazily).hasSize(2).doesNotContainKey("matrix.row_scale").doesNotContainKey("other");
        assertThat(lazily.get("other")).isNull();
        Tensor once = named("matrix", lazily);
        assertThat(named("matrix", lazily)).isNotSameAs(once);
        assertThat(named("matrix", lazily).values()).isEqualTo(once.values());
        assertThat(once.values())
                .isEqualTo(named("matrix", SafetensorsReader.read(file)).values());
    }

    @Test
    void theOrderOfTensorsDoesNotChangeTheFile() {
        List<Tensor> reversed = new ArrayList<>(tensors());
        Collections.reverse(reversed);
        assertThat(SafetensorsWriter.write(reversed, StoredType.F32, Map.of("b", "1", "a", "2")))
                .isEqualTo(SafetensorsWriter.write(tensors(), StoredType.F32, Map.of("a", "2", "b", "1")));
    }

    @Test
    void aFileCutAnywhereIsRefused(@TempDir Path directory) throws IOException {
        byte[] file = SafetensorsWriter.write(tensors(), StoredType.F16, Map.of());
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> SafetensorsReader.read(cut)).isInstanceOf(SafetensorsException.class);
            Path path = Files.write(directory.resolve("cut"), cut);
            assertThatThrownBy(() -> SafetensorsReader.read(path))
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessageContaining(path.toString());
        }
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        assertThatThrownBy(() -> SafetensorsReader.read(longer)).isInstanceOf(SafetensorsException.class);
    }

    @Test
    void flippedBitsEndInAValueOrATypedError() {
        byte[] file = SafetensorsWriter.write(tensors(), StoredType.F16, Map.of("k", "v"));
        int refused = 0;
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                SafetensorsReader.read(flipped);
            } catch (SafetensorsException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(file.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Overlap, hole, data outside, reversed offsets, wrong size, overflow of the shape.
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[8,4]}}",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,99999999999999999999]}}",
                // Duplicate keys, unknown keys and types, wrong JSON types.
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'more':1}}",
                "{'a':{'dtype':'I64','shape':[1],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':'2','data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}",
                "{'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1,2],'data_offsets':[0,8]}}",
                "{'a':{'dtype':'F32','shape':[2]}}",
                "{'a':[]}",
                "{'__metadata__':{'k':1}}",
                "{'__metadata__':[]}",
                "[1]",
                "{'a':",
                "  {}",
                "{}{}"
            })
    void aHeaderThatBreaksARuleIsRefused(String header) {
        byte[] file = file(header.replace('\'', '"'), 8);
        assertThatThrownBy(() -> SafetensorsReader.read(file)).isInstanceOf(SafetensorsException.class);
    }

    @Test
    void anEmptyHeaderIsAnEmptyFile() {
        assertThat(SafetensorsReader.read(file("{}", 0))).isEmpty();
    }

    @Test
    void aHugeHeaderLengthIsRefusedBeforeItIsAllocated() {
        byte[] file = file("{}", 0);
        Arrays.fill(file, 0, 8, (byte) 0xFF);
        assertThatThrownBy(() -> SafetensorsReader.read(file)).hasMessageContaining("18446744073709551615");
        Arrays.fill(file, 4, 8, (byte) 0);
        assertThatThrownBy(() -> SafetensorsReader.read(file)).hasMessageContaining("4294967295");
    }

    @Test
    void valuesThatAreNotFiniteAreRefusedUnlessAllowed() {
        byte[] file = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
        file[file.length - 1] = 0x7F;
        file[file.length - 2] = (byte) 0xC0;
        assertThatThrownBy(() -> SafetensorsReader.read(file)).hasMessageContaining("NaN at element 1");
        assertThat(named("a", SafetensorsReader.read(file, NonFinite.ALLOW)).values()[1])
                .isNaN();
    }

    @Test
    void aValueThatTheStoredTypeCannotHoldIsNotWritten() {
        List<Tensor> large = List.of(new Tensor("t", new int[] {1}, new float[] {70000}));
        assertThatThrownBy(() -> SafetensorsWriter.write(large, StoredType.F16, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("70000");
        assertThat(named("t", SafetensorsReader.read(SafetensorsWriter.write(large, StoredType.F32, Map.of())))
                        .values())
                .containsExactly(70000f);
    }

    @Test
    void aTensorWhoseShapeDoesNotFitItsValuesIsRefused() {
        assertThatThrownBy(() -> new Tensor("t", new int[] {2, 2}, new float[3]))
                .hasMessageContaining("expected 4 values for tensor t of shape [2, 2], found 3");
    }
}
