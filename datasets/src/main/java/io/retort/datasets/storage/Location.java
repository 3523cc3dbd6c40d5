package io.retort.datasets.storage;

import java.io.Serializable;

/**
 * Where a file or directory is: a plain local path or a URI whose scheme Hadoop knows. Immutable; only text, nothing is
 * looked up.
 *
 * @param value the path without a slash at its end (but for a root)
 */
public record Location(String value) implements Serializable, Comparable<Location> {
    private static final long serialVersionUID = 1L;

    public Location {
        if (value.isBlank() || value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "expected a path or URI without control characters, found \"" + value.replace('\n', '?') + "\"");
        }
        while (value.length() > 1 && value.endsWith("/") && !value.endsWith(":/") && !value.endsWith("//")) {
            value = value.substring(0, value.length() - 1);
        }
    }

    /** The location written so. */
    public static Location of(String value) {
        return new Location(value);
    }

    /**
     * A place below this one.
     *
     * @param relative names joined by slashes
     * @throws IllegalArgumentException if a name is empty, "." or ".."
     */
    public Location resolve(String relative) {
        for (String name : relative.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("expected names joined by slashes, found \"" + relative + "\"");
            }
        }
        return new Location(value.endsWith("/") ? value + relative : value + "/" + relative);
    }

    /** What stands after the last slash. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(Location other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
