package io.retort.inference.embedding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/** Tools of the JDK that runs the tests, and programs in processes of their own. */
final class JdkTools {
    /** The directory of the examples, from that of a module. */
    static final Path EXAMPLES = Path.of("../examples/embedding");

    private JdkTools() {}

    /** Returns the jar or the directory that a class was loaded from. */
    static Path homeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static Path jmods() {
        return Path.of(System.getProperty("java.home"), "jmods");
    }

    /** Runs javac, jlink or another tool in this process; fails with all that it printed. */
    static void run(String tool, Object... arguments) {
        Optional<ToolProvider> found = ToolProvider.findFirst(tool);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int code = found.orElseThrow(() -> new AssertionError("expected a JDK with " + tool))
                .run(
                        stream,
                        stream,
                        Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        if (code != 0) {
            throw new AssertionError("expected " + tool + " to end with 0, found " + code + ": "
                    + printed.toString(StandardCharsets.UTF_8));
        }
    }

    /** Runs a program; returns all that it printed, in both streams, once it has ended with 0. */
    static String program(Object... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        for (Object word : command) {
            words.add(word.toString());
        }
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(
                        "expected " + words + " to end with 0, found " + process + ", printed " + printed);
            }
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }
}
