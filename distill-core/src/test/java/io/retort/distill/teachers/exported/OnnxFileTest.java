package io.retort.distill.teachers.exported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFileTest {
    @TempDir
    Path directory;

    private Path write(String name, byte[] bytes) throws Exception {
        return Files.write(directory.resolve(name), bytes);
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream stream = OnnxFileTest.class.getResourceAsStream("/exported/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }

    @Test
    void theFilesOfWeightsAreFoundWithTheByteTheyMustReach() throws Exception {
        byte[] data = resource("external.onnx.data");
        write("external.onnx.data", data);
        Path model = write("external.onnx", resource("external.onnx"));
        assertThat(OnnxFile.externalData(model)).containsExactly("external.onnx.data");
        write("external.onnx.data", Arrays.copyOf(data, data.length - 1));
        assertThatThrownBy(() -> OnnxFile.externalData(model)).hasMessageContaining("expected at least");
        assertThat(OnnxFile.externalData(write("causal.onnx", resource("causal.onnx"))))
                .isEmpty();
    }

    /** A same-length name, so that the lengths of the messages around it stay as they are. */
    @ParameterizedTest
    @ValueSource(strings = {"../other/onnx.data", "/abcdefgh/onnx.dat", "a/../../onnx.data."})
    void aFileOutsideOfTheModelsDirectoryIsRefused(String name) throws Exception {
        String text = new String(resource("external.onnx"), StandardCharsets.ISO_8859_1);
        assertThat(name).hasSameSizeAs("external.onnx.data");
        Path model =
                write("model.onnx", text.replace("external.onnx.data", name).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> OnnxFile.externalData(model))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("expected a file in the model's directory, found " + name);
    }

    @Test
    void aFileThatIsCutOrChangedAnywhereIsReadOrRefusedAndNothingElse() throws Exception {
        byte[] whole = resource("needs-cache.onnx");
        for (int length = 0; length < whole.length; length++) {
            assertReadOrRefused(Arrays.copyOf(whole, length));
        }
        Random random = new Random(11);
        for (int i = 0; i < 1000; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] = (byte) random.nextInt(256);
            assertReadOrRefused(changed);
        }
    }

    private void assertReadOrRefused(byte[] bytes) throws Exception {
        Path model = write("model.onnx", bytes);
        try {
            OnnxFile.externalData(model);
        } catch (InvalidDataException e) {
            assertThat(e.getMessage()).contains("model.onnx");
        }
    }

    @Test
    void aFieldNumberThatNoMessageHasIsRefused() throws Exception {
        // A tag of ten bytes whose number is beyond 29 bits; cut to 32 bits it would be -1.
        byte[] tag = {(byte) 0xFA, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        Path file = Files.write(directory.resolve("model.onnx"), tag);

        assertThatThrownBy(() -> OnnxFile.externalData(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("field number");
    }

    @Test
    void graphsNestedForEverAreRefused() throws Exception {
        byte[] graph = new byte[0];
        for (int depth = 0; depth < 200; depth++) {
            graph = field(1, field(5, field(6, graph))); // a node with an attribute that is a graph
        }
        Path model = write("model.onnx", field(7, graph));
        assertThatThrownBy(() -> OnnxFile.externalData(model)).hasMessageContaining("nested deeper");
    }

    private static byte[] field(int number, byte[] message) {
        byte[] bytes = new byte[message.length + 4];
        bytes[0] = (byte) (number << 3 | 2);
        bytes[1] = (byte) (message.length & 0x7F | 0x80);
        bytes[2] = (byte) (message.length >> 7 & 0x7F | 0x80);
        bytes[3] = (byte) (message.length >> 14);
        System.arraycopy(message, 0, bytes, 4, message.length);
        return bytes;
    }
}
