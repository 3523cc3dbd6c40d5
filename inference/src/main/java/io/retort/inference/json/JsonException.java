package io.retort.inference.json;

/** JSON that is malformed, out of bounds, or not of the expected shape; the message says where. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its whole message. */
    public JsonException(String message) {
        super(message);
    }

    static JsonException at(int offset, String expected, String found) {
        return new JsonException("expected " + expected + ", found " + found + " at byte " + offset);
    }
}
