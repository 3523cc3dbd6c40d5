package io.retort.distill.teachers.nano;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The reference values that lie beside the checkout; a test that needs them is skipped where they are not. */
public final class SharedFixtures {
    private SharedFixtures() {}

    /** A directory of fixtures; the test is skipped where there is none. */
    public static Path directory(String name) {
        String configured = System.getProperty("retort.shared");
        Path at = configured == null ? Path.of("").toAbsolutePath() : Path.of(configured);
        while (at != null) {
            for (Path candidate : new Path[] {at.resolve("fixtures"), at.resolve("shared/fixtures")}) {
                if (Files.isDirectory(candidate.resolve(name))) {
                    return candidate.resolve(name);
                }
            }
            at = at.getParent();
        }
        assumeTrue(false, "no shared/fixtures/" + name + " above the working directory; set -Dretort.shared");
        throw new AssertionError("not reached");
    }
}
