package io.retort.jobs.walk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a line typed in the repository's directory did.
 *
 * @param code with which it ended
 */
record Shell(int code, String out, String err) {
    static Shell run(String line) throws IOException, InterruptedException {
        Path err = Files.createTempFile("retort-shell", ".err");
        try {
            Process process = new ProcessBuilder("sh", "-c", line)
                    .directory(Path.of("..").toFile())
                    .redirectError(err.toFile())
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Shell(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
