package io.retort.inference.tensors;

/** A safetensors file that is truncated, inconsistent or outside its bounds; the message says what and where. */
public final class SafetensorsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its whole message. */
    public SafetensorsException(String message) {
        super(message);
    }

    /** An error with its cause. */
    public SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
