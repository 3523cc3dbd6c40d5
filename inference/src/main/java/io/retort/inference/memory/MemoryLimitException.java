package io.retort.inference.memory;

/** A text, with the experts that read it, takes more memory than there may ever be. */
public final class MemoryLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception that says what was expected and found. */
    public MemoryLimitException(String message) {
        super(message);
    }
}
