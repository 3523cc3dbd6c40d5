package io.retort.inference;

/** Bytes that are no saved session, or one of another bundle; the message says what was expected and what was found. */
public final class SavedSessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its whole message. */
    public SavedSessionException(String message) {
        super(message);
    }

    /** An error with its cause. */
    public SavedSessionException(String message, Throwable cause) {
        super(message, cause);
    }
}
