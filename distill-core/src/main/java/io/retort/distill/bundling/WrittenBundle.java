package io.retort.distill.bundling;

import java.nio.file.Path;

/**
 * Where a bundle is.
 *
 * @param digest of the bundle: SHA-256 of its SHA256SUMS
 * @param outcome whether it was written now
 */
public record WrittenBundle(Path directory, String digest, Outcome outcome) {
    /** Whether a call wrote. */
    public enum Outcome {
        /** The bundle was not there before. */
        WRITTEN,
        /** The same bundle, byte for byte, was there already. */
        UNCHANGED
    }
}
