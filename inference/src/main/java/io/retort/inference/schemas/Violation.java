package io.retort.inference.schemas;

/**
 * What keeps a value from matching a schema.
 *
 * @param path of the value that is wrong, as a JSON Pointer, {@code #} the root
 * @param problem what was expected there and what was found
 */
public record Violation(String path, String problem) {
    @Override
    public String toString() {
        return path + ": " + problem;
    }
}
