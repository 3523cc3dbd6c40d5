package io.retort.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Environments that {@code bin/python-environment} makes, installed when they are first asked for. */
public final class PythonPrograms {
    private PythonPrograms() {}

    /** An environment's directory. */
    public static Path environment(String name) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bin/python-environment", name)
                .redirectError(Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(
                    "expected bin/python-environment " + name + " to succeed, found exit code " + process.exitValue());
        }
        return Path.of(printed);
    }

    /** The home of the Spark that is in the environment {@code spark}. */
    public static Path sparkHome() throws IOException, InterruptedException {
        try (DirectoryStream<Path> versions =
                Files.newDirectoryStream(environment("spark").resolve("lib"), "python3.*")) {
            return versions.iterator().next().resolve("site-packages/pyspark");
        }
    }
}
