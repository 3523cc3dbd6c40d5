package io.retort.jobs.walk;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.environments.LoggedProcess;
import io.retort.jobs.environments.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tests that pytest runs, as one test of ours. */
final class PythonTests {
    /** Longer than any of them takes on a machine that is five times slower. */
    private static final Duration LIMIT = Duration.ofMinutes(45);

    private PythonTests() {}

    /**
     * What pytest ended with.
     *
     * @param said its last words, both streams
     */
    record Outcome(int code, String said) {
        /** The line that counts what passed and what was left out. */
        String summary() {
            List<String> lines = said.lines().toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }

    /** pytest on a directory; it writes nothing beside the tests. */
    static ProcessBuilder of(PythonEnvironment environment, Path tests, Path scratch) {
        ProcessBuilder builder = new ProcessBuilder(
                environment.program("python").toString(),
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                "--show-capture=no",
                "--basetemp",
                scratch.resolve("pytest").toString(),
                tests.toAbsolutePath().normalize().toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("TMPDIR", scratch.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    static Outcome run(ProcessBuilder builder, Path log) throws IOException, InterruptedException {
        try (LoggedProcess process = LoggedProcess.start(builder, log)) {
            int code = process.await(LIMIT);
            return new Outcome(code, process.said());
        }
    }

    /** The smallest settings as a JSON list of KEY=VALUE, those that Airflow's own parameters say aside. */
    static void writeSettings(Path file) throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>();
        for (String word : Walk.words("distil", Path.of("unused"))) {
            if (word.contains("=") && !word.startsWith("domains=") && !word.startsWith("spark.master=")) {
                settings.add(word);
            }
        }
        new ObjectMapper().writeValue(file.toFile(), settings);
    }
}
