package io.retort.inference.schemas;

/** A schema that is malformed or outside the subset; the message begins with the place as a JSON Pointer, {@code #} the root. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its whole message. */
    public SchemaException(String message) {
        super(message);
    }

    static SchemaException at(Pointer where, String expected, String found) {
        return new SchemaException(where + ": expected " + expected + ", found " + found);
    }
}
