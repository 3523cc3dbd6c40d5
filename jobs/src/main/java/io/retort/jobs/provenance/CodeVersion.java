package io.retort.jobs.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The code that runs.
 *
 * @param version of the project
 * @param commit of its repository, or {@code unknown} where it was built outside of one
 */
public record CodeVersion(String version, String commit) {
    private static final String UNKNOWN = "unknown";

    /** What the build wrote down. */
    public static CodeVersion current() {
        Properties properties = new Properties();
        try (InputStream stream = CodeVersion.class.getResourceAsStream("git.properties")) {
            if (stream != null) {
                properties.load(stream);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read git.properties of the jobs jar", e);
        }
        return new CodeVersion(
                properties.getProperty("git.build.version", UNKNOWN),
                properties.getProperty("git.commit.id.full", UNKNOWN));
    }
}
