package io.retort.datasets;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of fixtures and public data beside the checkout; tests without it are skipped with a message. */
public final class SharedFiles {
    private SharedFiles() {}

    /** The path of a shared file; the test is skipped if there is none. */
    public static Path require(String relative) {
        Path file = root().resolve(relative);
        assumeTrue(Files.exists(file), "no shared file " + file);
        return file;
    }

    private static Path root() {
        String property = System.getProperty("retort.shared");
        if (property != null) {
            return Path.of(property);
        }
        Path working = Path.of("").toAbsolutePath();
        for (Path at = working; at.getParent() != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/fixtures"))) {
                return at.resolve("shared");
            }
        }
        return working.resolve("shared");
    }
}
