package io.retort.distill.teachers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Directories with the exported models of the test resources, which src/test/python/exported_models.py writes. */
final class ExportedDirectories {
    private ExportedDirectories() {}

    /** Writes models, the config and the tokenizer that all of them share. */
    static Path write(Path directory, String... models) throws IOException {
        for (String model : models) {
            Files.write(directory.resolve(model), resource("/exported/" + model));
        }
        Files.write(directory.resolve("config.json"), resource("/exported/config.json"));
        for (String file : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
            Files.write(directory.resolve(file), resource("/tokenizers/byte-level/" + file));
        }
        return directory;
    }

    /** Replaces a text in a file. */
    static void replace(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(from)) {
            throw new IllegalArgumentException(file + ": expected " + from + ", found " + text);
        }
        Files.write(file, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream stream = ExportedDirectories.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }
}
