package io.retort.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A rival in Python, in the environment that {@code bin/python-environment bench} makes (some gigabytes, some minutes). */
public final class PythonRival extends Rival {
    private static final Path SCRIPTS = Path.of("bench/python");

    /**
     * Starts a script and waits until it has said its name.
     *
     * @param script a file of {@code bench/python}
     */
    public PythonRival(String script, String... arguments) throws IOException, InterruptedException {
        super(command(script, List.of(arguments)), Map.of("OMP_NUM_THREADS", "1", "HF_HUB_OFFLINE", "1"));
    }

    private static List<String> command(String script, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                python().toString(), "-W", "ignore", SCRIPTS.resolve(script).toString()));
        command.addAll(arguments);
        return command;
    }

    /** Runs a script to its end and returns what it printed. */
    public static String run(String script, List<String> arguments) throws IOException, InterruptedException {
        try (PythonRival once = new PythonRival(script, arguments.toArray(String[]::new))) {
            int code = once.waitForEnd();
            if (code != 0) {
                throw new IOException("expected " + script + " to succeed, found exit code " + code);
            }
            return once.name();
        }
    }

    private static Path python() throws IOException, InterruptedException {
        return PythonPrograms.environment("bench").resolve("bin").resolve("python");
    }
}
