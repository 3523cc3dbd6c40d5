package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the assembled loops to their text: builds do not assemble, and who changes the text has to run bin/web-kernels. */
class KernelsModuleTest {
    private static final Path TEXT = Path.of("src/main/kernels/kernels.wat");
    private static final Path MODULE = Path.of("src/main/npm/lib/kernels.wasm");
    private static final int MAGIC_AND_VERSION = 8;

    @Test
    void theModuleWasAssembledFromTheTextThatIsThere() throws IOException, NoSuchAlgorithmException {
        byte[] source = customSections(Files.readAllBytes(MODULE)).getOrDefault("source", new byte[0]);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(TEXT));
        assertThat(HexFormat.of().formatHex(source))
                .as("the SHA-256 of %s in %s; bin/web-kernels assembles it", TEXT, MODULE)
                .isEqualTo(HexFormat.of().formatHex(digest));
    }

    /** Contents by name, as the specification of WebAssembly's binary format has them. */
    private static Map<String, byte[]> customSections(byte[] module) {
        Map<String, byte[]> sections = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(module).position(MAGIC_AND_VERSION);
        while (in.hasRemaining()) {
            int id = in.get();
            int size = unsigned(in);
            int end = in.position() + size;
            if (id == 0) {
                byte[] name = new byte[unsigned(in)];
                in.get(name);
                byte[] content = new byte[end - in.position()];
                in.get(content);
                sections.put(new String(name, StandardCharsets.UTF_8), content);
            }
            in.position(end);
        }
        return sections;
    }

    /** An integer in LEB128. */
    private static int unsigned(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
