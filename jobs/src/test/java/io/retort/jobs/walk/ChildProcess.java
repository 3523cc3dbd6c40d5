package io.retort.jobs.walk;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command in a process of its own, which a test may kill. */
final class ChildProcess {
    private ChildProcess() {}

    static Process start(String... words) throws IOException {
        return start(ProcessBuilder.Redirect.DISCARD, words);
    }

    /** Starts a command whose output, of both streams, goes there. */
    static Process start(ProcessBuilder.Redirect output, String... words) throws IOException {
        return start(output, Map.of(), words);
    }

    /** Starts a command with system properties. */
    static Process start(ProcessBuilder.Redirect output, Map<String, String> properties, String... words)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("--add-opens")) {
                command.add(option);
            }
        }
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, "io.retort.jobs.commands.RetortMain"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(output);
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.directory(new File("."));
        return builder.start();
    }
}
