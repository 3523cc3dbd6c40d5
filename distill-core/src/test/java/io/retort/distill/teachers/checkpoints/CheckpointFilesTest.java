package io.retort.distill.teachers.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointFilesTest {
    private static final String INDEX = "model.safetensors.index.json";

    @TempDir
    Path directory;

    private void write(String name, RawSafetensors file) throws Exception {
        Files.write(directory.resolve(name), file.bytes());
    }

    private void index(String... tensorsAndFiles) throws Exception {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < tensorsAndFiles.length; i += 2) {
            members.add("\"" + tensorsAndFiles[i] + "\":\"" + tensorsAndFiles[i + 1] + "\"");
        }
        Files.writeString(directory.resolve(INDEX), "{\"weight_map\":{" + String.join(",", members) + "}}");
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> CheckpointFiles.open(directory).close())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.getMessage()).contains(words).contains(directory.toString()));
    }

    private static float[] read(StoredTensor tensor) {
        float[] values = new float[(int) tensor.elements()];
        tensor.rows(0, tensor.rows(), values);
        return values;
    }

    @Test
    void tensorsOfAllShardsAreGivenByNameWithTheirShapes() throws Exception {
        write("a.safetensors", new RawSafetensors().add("x", "F32", new long[] {2, 2}, RawSafetensors.f32(1, 2, 3, 4)));
        write(
                "b.safetensors",
                new RawSafetensors()
                        .add("y", "BF16", new long[] {3}, RawSafetensors.bf16(1, -2, 0.5f))
                        .add("z", "F16", new long[] {}, new byte[] {0x00, 0x3E}));
        index("y", "b.safetensors", "x", "a.safetensors", "z", "b.safetensors");
        try (CheckpointFiles files = CheckpointFiles.open(directory)) {
            assertThat(files.names()).containsExactly("x", "y", "z");
            assertThat(files.tensor("x").shape()).containsExactly(2, 2);
            assertThat(read(files.tensor("x"))).containsExactly(1, 2, 3, 4);
            assertThat(read(files.tensor("y"))).containsExactly(1, -2, 0.5f);
            assertThat(read(files.tensor("z"))).as("the half 0x3E00").containsExactly(1.5f);
            assertThat(files.tensor("y").encoding()).isEqualTo(WeightEncoding.BF16);
            assertThatThrownBy(() -> files.tensor("w"))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("tensor w");
        }
    }

    @Test
    void anyRangeOfRowsEqualsThatPartOfTheWhole() throws Exception {
        // 70,000 elements of four bytes are more than one chunk of the reader.
        Random random = new Random(5);
        float[] values = new float[700 * 100];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        write(
                "model.safetensors",
                new RawSafetensors()
                        .add("before", "U8", new long[] {3}, new byte[3])
                        .add("x", "F32", new long[] {700, 10, 10}, RawSafetensors.f32(values)));
        try (CheckpointFiles files = CheckpointFiles.open(directory)) {
            StoredTensor tensor = files.tensor("x");
            assertThat(read(tensor)).isEqualTo(values);
            for (int i = 0; i < 50; i++) {
                int from = random.nextInt(701);
                int to = from + random.nextInt(701 - from);
                float[] rows = new float[(to - from) * 100];
                tensor.rows(from, to, rows);
                assertThat(rows).isEqualTo(Arrays.copyOfRange(values, from * 100, to * 100));
            }
            List<Float> slices = new ArrayList<>();
            tensor.slices(1234, (from, to, some) -> {
                assertThat(to - from).isBetween(1L, 12L);
                for (int i = 0; i < (to - from) * 100; i++) {
                    slices.add(some[i]);
                }
            });
            assertThat(slices).hasSize(values.length).containsSequence(values[69_998], values[69_999]);
            assertThat(slices.subList(0, 3)).containsExactly(values[0], values[1], values[2]);
            assertThatThrownBy(() -> tensor.rows(0, 701, new float[70_100]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("700");
            assertThatThrownBy(() -> tensor.rows(0, 2, new float[199]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("199");
        }
    }

    @Test
    void aTensorOfATypeWithoutADecoderIsListedAndRefusedWhenRead() throws Exception {
        write("model.safetensors", new RawSafetensors().add("ids", "I64", new long[] {1}, new byte[8]));
        try (CheckpointFiles files = CheckpointFiles.open(directory)) {
            assertThat(files.tensor("ids").encoding()).isEqualTo(WeightEncoding.OTHER);
            assertThatThrownBy(() -> read(files.tensor("ids")))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("tensor ids")
                    .hasMessageContaining("I64");
        }
    }

    @Test
    void tensorsThatAreNotWhereTheIndexSaysAreRefusedByName() throws Exception {
        write("a.safetensors", new RawSafetensors().add("x", "F32", new long[] {1}, new byte[4]));
        write("b.safetensors", new RawSafetensors().add("y", "F32", new long[] {1}, new byte[4]));
        index("x", "a.safetensors", "y", "a.safetensors");
        assertRefused("a.safetensors", "tensor y", "found no such tensor");
        index("x", "b.safetensors", "y", "a.safetensors");
        assertRefused("a.safetensors", "tensor x", "expected it in b.safetensors");
        index("x", "a.safetensors");
        Files.delete(directory.resolve("a.safetensors"));
        assertRefused("a.safetensors", "found none");
        write(
                "a.safetensors",
                new RawSafetensors()
                        .add("x", "F32", new long[] {1}, new byte[4])
                        .add("more", "F32", new long[] {1}, new byte[4]));
        assertRefused("a.safetensors", "tensor more", "no such tensor by " + INDEX);
    }

    @ParameterizedTest
    @CsvSource({"../a.safetensors", "/etc/a.safetensors", "a.bin", "''", "sub/a.safetensors"})
    void anIndexThatLeadsOutOfItsDirectoryIsRefused(String file) throws Exception {
        index("x", file);
        assertRefused("tensor x", ".safetensors");
    }

    @Test
    void headersThatBreakARuleOfTheFormatAreRefusedByTheTensor() throws Exception {
        long[] one = {1};
        refuse(
                new RawSafetensors().member("x", "F32", one, 0, 4).member("y", "F32", one, 2, 6),
                6,
                "tensor y",
                "overlap");
        refuse(
                new RawSafetensors().member("x", "F32", one, 0, 4).member("y", "F32", one, 8, 12),
                12,
                "tensor y",
                "hole");
        refuse(new RawSafetensors().member("x", "F32", one, 0, 4).member("x", "F32", one, 4, 8), 8, "uplicate");
        refuse(new RawSafetensors().member("x", "F32", new long[] {2}, 0, 4), 4, "tensor x", "expected 8 bytes");
        refuse(new RawSafetensors().member("x", "F7", one, 0, 4), 4, "tensor x", "F7");
        refuse(new RawSafetensors().member("x", "F32", new long[] {-1}, 0, 4), 4, "tensor x", "-1");
        long[] huge = {1L << 40, 1L << 40};
        refuse(new RawSafetensors().member("x", "F32", huge, 0, 4), 4, "tensor x", "2^63");
        refuse(new RawSafetensors().member("x", "F32", one, 0, 4), 5, "expected 4 bytes of data, found 5");
    }

    private void refuse(RawSafetensors header, int dataBytes, String... words) throws Exception {
        byte[] head = header.bytes();
        Files.write(directory.resolve("model.safetensors"), Arrays.copyOf(head, head.length + dataBytes));
        assertRefused(words);
    }

    @Test
    void aFileCutAtAnyByteAndAHugeHeaderAreRefused() throws Exception {
        byte[] whole = new RawSafetensors()
                .add("x", "F32", new long[] {2}, new byte[8])
                .bytes();
        Path file = directory.resolve("model.safetensors");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("model.safetensors");
        }
        ByteBuffer huge = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, huge.putLong(0, Long.MAX_VALUE).array());
        assertRefused("header length", Long.toString(Long.MAX_VALUE));
        Files.write(file, RawSafetensors.file("[".repeat(100_000), new byte[0]));
        assertRefused("expected '{'");
        Files.write(file, RawSafetensors.file("{\"x\":" + "[".repeat(100_000), new byte[0]));
        assertRefused("header");
    }

    @Test
    void aFileThatIsCutAfterItWasOpenedIsNoticedWhenItIsRead() throws Exception {
        byte[] whole = new RawSafetensors()
                .add("x", "F32", new long[] {2}, new byte[8])
                .bytes();
        Path file = directory.resolve("model.safetensors");
        Files.write(file, whole);
        try (CheckpointFiles files = CheckpointFiles.open(directory)) {
            Files.write(file, Arrays.copyOf(whole, whole.length - 1));
            assertThatThrownBy(() -> read(files.tensor("x")))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("end of the file");
        }
    }

    @Test
    void theDigestOfOneFileIsItsOwnAndThatOfSeveralChangesWithEachByte() throws Exception {
        write("model.safetensors", new RawSafetensors().add("x", "F32", new long[] {1}, new byte[4]));
        byte[] bytes = Files.readAllBytes(directory.resolve("model.safetensors"));
        try (CheckpointFiles files = CheckpointFiles.open(directory)) {
            assertThat(files.digest())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
        Files.move(directory.resolve("model.safetensors"), directory.resolve("a.safetensors"));
        write("b.safetensors", new RawSafetensors().add("y", "F32", new long[] {1}, new byte[4]));
        index("x", "a.safetensors", "y", "b.safetensors");
        String before = digest();
        assertThat(digest()).isEqualTo(before);
        for (String name : List.of("a.safetensors", "b.safetensors")) {
            byte[] file = Files.readAllBytes(directory.resolve(name));
            byte[] other = file.clone();
            other[other.length - 1] ^= 1;
            Files.write(directory.resolve(name), other);
            assertThat(digest()).as(name).isNotEqualTo(before);
            Files.write(directory.resolve(name), file);
        }
        assertThat(digest()).isEqualTo(before);
    }

    private String digest() {
        try (CheckpointFiles files = CheckpointFiles.open(directory)) {
            return files.digest();
        }
    }

    @Test
    void smallFilesAreBounded() throws Exception {
        Files.write(directory.resolve("config.json"), "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(CheckpointFiles.file(directory, "config.json", 2)).hasSize(2);
        assertThatThrownBy(() -> CheckpointFiles.file(directory, "config.json", 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("at most 1 bytes");
        assertThatThrownBy(() -> CheckpointFiles.file(directory, "none.json", 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("none.json");
    }
}
