package io.retort.inference.files;

/** A key's file that is missing, in the way, or holds no such key; the message says which and what. */
public final class InvalidKeyFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its whole message. */
    public InvalidKeyFileException(String message) {
        super(message);
    }

    /** An error with its cause. */
    public InvalidKeyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
