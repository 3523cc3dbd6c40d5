package io.retort.inference.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as people give them. */
final class OperandPaths {
    private OperandPaths() {}

    static Path parse(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("expected a path, found \"" + text + "\"", e);
        }
    }
}
