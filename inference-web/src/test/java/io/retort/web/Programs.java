package io.retort.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that the hosts' tests need, where they are installed. */
final class Programs {
    private Programs() {}

    /** Returns whether a program is there: it can say its version. */
    static boolean isInstalled(String program) {
        try {
            run(List.of(program, "--version"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs a program and returns what it printed. */
    static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(
                        "expected " + command.get(0) + " to end with 0, found " + process + ", printed " + printed);
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
