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
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a browser loads, file by file through gzip. One call of {@code String.split} or {@code String.format} in the runtime
 * adds tens of kilobytes of Java's own library, which nobody would notice otherwise.
 */
class PackageSizeIT {
    /** Of what is loaded by who asks for it, or by one of the builds, alone. */
    private static final List<String> ON_DEMAND = List.of(
            "tools.js",
            "sessions.js",
            "text-options.js",
            "text-sessions.js",
            "signature.js",
            "kernels.js",
            "kernels.wasm");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retort.wasm,retort.wasm-runtime.js | 100_000",
                "retort-javascript.js,lib/kernels.js,lib/kernels.wasm | 82_500",
                "retort-structured.wasm,retort.wasm-runtime.js,lib/tools.js,lib/sessions.js,lib/text-sessions.js |"
                        + " 142_000",
                "retort-structured-javascript.js,lib/kernels.js,lib/kernels.wasm,lib/tools.js,lib/sessions.js,lib/text-sessions.js"
                        + " | 114_500"
            })
    void aHostLoadsLittle(String engine, String most) throws IOException {
        long bytes = 0;
        for (String name : engine.split(",", -1)) {
            bytes += gzipped(ParityCase.npm().resolve(name));
        }
        bytes += gzipped(ParityCase.npm().resolve("retort.js"));
        try (Stream<Path> files = Files.list(ParityCase.npm().resolve("lib"))) {
            List<Path> ofBrowsers = files.filter(
                            file -> !file.getFileName().toString().startsWith("node"))
                    .filter(file -> !ON_DEMAND.contains(file.getFileName().toString()))
                    .toList();
            assertThat(ofBrowsers).hasSizeGreaterThan(5);
            for (Path file : ofBrowsers) {
                bytes += gzipped(file);
            }
        }
        assertThat(bytes).isBetween(20_000L, Long.parseLong(most.replace("_", "")));
    }

    private static long gzipped(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            Files.copy(file, out);
        }
        return bytes.size();
    }
}
