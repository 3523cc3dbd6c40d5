package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a browser loads, file by file through gzip. One call of {@code String.split} or {@code String.format} in the runtime
 * adds tens of kilobytes of Java's own library, which nobody would notice otherwise.
 */
class PackageSizeIT {
    private static final int MOST_BYTES = 110_000;

    @ParameterizedTest
    @ValueSource(strings = {"retort.wasm,retort.wasm-runtime.js", "retort-javascript.js"})
    void aHostLoadsLittle(String engine) throws IOException {
        long bytes = 0;
        for (String name : engine.split(",", -1)) {
            bytes += gzipped(ParityCase.npm().resolve(name));
        }
        bytes += gzipped(ParityCase.npm().resolve("retort.js"));
        try (Stream<Path> files = Files.list(ParityCase.npm().resolve("lib"))) {
            List<Path> ofBrowsers = files.filter(
                            file -> !file.getFileName().toString().startsWith("node"))
                    .toList();
            assertThat(ofBrowsers).hasSizeGreaterThan(5);
            for (Path file : ofBrowsers) {
                bytes += gzipped(file);
            }
        }
        assertThat(bytes).isBetween(20_000L, (long) MOST_BYTES);
    }

    private static long gzipped(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            Files.copy(file, out);
        }
        return bytes.size();
    }
}
