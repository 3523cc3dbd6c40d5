package io.retort.eval.tasks;

import java.io.Serializable;

/**
 * Where something stands.
 *
 * @param file its name
 * @param line counted from 1
 */
public record Place(String file, int line) implements Serializable {
    /** A refusal that begins with this place. */
    IllegalArgumentException refusal(String message) {
        return new IllegalArgumentException(this + ": " + message);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
