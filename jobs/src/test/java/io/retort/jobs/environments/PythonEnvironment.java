package io.retort.jobs.environments;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A Python environment that {@code bin/python-environment} makes from a lock file of {@code environments/}.
 *
 * @param directory where it is; its programs are in {@code bin/}
 */
public record PythonEnvironment(Path directory) {
    private static final Path COMMAND =
            Path.of("..", "bin", "python-environment").toAbsolutePath().normalize();

    /** The environment of that name, installed if need be. The test is left out where there is no python3. */
    public static PythonEnvironment of(String name) throws IOException, InterruptedException {
        assumeTrue(hasPython(), "no python3: left out");
        Process process = new ProcessBuilder(COMMAND.toString(), name)
                .redirectError(Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(
                    "expected " + COMMAND + " " + name + " to succeed, found exit code " + process.exitValue());
        }
        return new PythonEnvironment(Path.of(printed));
    }

    /** A program of the environment, such as {@code python}. */
    public Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    /** What Spark calls its home, in an environment with pyspark. */
    public Path sparkHome() throws IOException {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(directory.resolve("lib"), "python3.*")) {
            return versions.iterator().next().resolve("site-packages/pyspark");
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
