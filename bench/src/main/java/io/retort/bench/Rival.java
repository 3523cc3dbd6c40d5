package io.retort.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A program that does the same work, a round when it is told to by a line, so that rounds of all alternate in one run. It
 * sleeps between rounds. It says its name first, and of each round the seconds and a number. Not thread-safe.
 */
public class Rival implements AutoCloseable {
    private final Process process;
    private final BufferedWriter input;
    private final BufferedReader output;
    private final String name;

    /**
     * What a round took and came to.
     *
     * @param seconds without start-up and reading
     * @param result a number that shows that the work was the same
     */
    public record Round(double seconds, double result) {}

    /** Starts a program and waits until it has said its name. */
    public Rival(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        process = builder.start();
        input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        name = line();
    }

    /** What it is and how it was set. */
    public String name() {
        return name;
    }

    /** One round. {@code what} is given to the program as a line. */
    public Round round(String what) throws IOException {
        input.write(what + "\n");
        input.flush();
        String[] parts = line().split(" ", -1);
        return new Round(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }

    /** Waits for its end and returns its exit code. */
    int waitForEnd() throws InterruptedException {
        return process.waitFor();
    }

    private String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("expected a line from the program, found its end; its words stand above");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        input.close();
        process.destroy();
    }
}
