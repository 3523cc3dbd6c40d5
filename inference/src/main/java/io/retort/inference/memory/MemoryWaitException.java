package io.retort.inference.memory;

/**
 * Others held the memory that a call needs for longer than it would wait. The same call may succeed later, unless its own thread
 * holds that memory; one that never could is refused by a {@link MemoryLimitException}.
 */
public final class MemoryWaitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception that says what was asked, what is held, and how long the call waited. */
    public MemoryWaitException(String message) {
        super(message);
    }
}
