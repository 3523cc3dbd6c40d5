package io.retort.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Python script that does the same work, a round when it is told to, so that rounds of both alternate in one run. It
 * sleeps between rounds. Its packages come from {@code bench/python/requirements.txt}, by their digests, into a virtual
 * environment under {@code bench/target}. Not thread-safe.
 */
public final class PythonRival implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("bench/python");
    private static final Path ENVIRONMENT = Path.of("bench/target/python");

    private final Process process;
    private final BufferedWriter input;
    private final BufferedReader output;
    private final String name;

    /**
     * What a round took and came to.
     *
     * @param seconds wall time, without start-up and reading
     * @param result a number that shows that the work was the same
     */
    public record Round(double seconds, double result) {}

    /**
     * Starts a script and waits until it has said its name.
     *
     * @param script a file of {@code bench/python}
     */
    public PythonRival(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                python().toString(), "-W", "ignore", SCRIPTS.resolve(script).toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("HF_HUB_OFFLINE", "1");
        process = builder.start();
        input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        name = line();
    }

    /** What it is and how it was set. */
    public String name() {
        return name;
    }

    /** One round. {@code what} is given to the script as a line. */
    public Round round(String what) throws IOException {
        input.write(what + "\n");
        input.flush();
        String[] parts = line().split(" ", -1);
        return new Round(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }

    private String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("expected a line from the Python script, found its end; its words stand above");
        }
        return line;
    }

    /** Runs a script to its end and returns what it printed. */
    public static String run(String script, List<String> arguments) throws IOException, InterruptedException {
        try (PythonRival once = new PythonRival(script, arguments.toArray(String[]::new))) {
            if (once.process.waitFor() != 0) {
                throw new IOException(
                        "expected " + script + " to succeed, found exit code " + once.process.exitValue());
            }
            return once.name;
        }
    }

    private static Path python() throws IOException, InterruptedException {
        Path python = ENVIRONMENT.resolve("bin/python");
        Path requirements = SCRIPTS.resolve("requirements.txt");
        Path done = ENVIRONMENT.resolve("installed.txt");
        if (Files.exists(done) && Files.mismatch(done, requirements) < 0) {
            return python;
        }
        System.err.println("making a Python environment in " + ENVIRONMENT + " (some gigabytes, some minutes)");
        install("python3", "-m", "venv", "--clear", ENVIRONMENT.toString());
        install(
                python.toString(),
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                "--require-hashes",
                "-r",
                requirements.toString());
        Files.copy(requirements, done);
        return python;
    }

    private static void install(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("expected " + String.join(" ", command) + " to succeed, found exit code " + code);
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
        process.destroy();
    }
}
