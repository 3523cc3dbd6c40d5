package io.retort.inference.conversations;

/** A conversation of which too much may not be left out; the message names the sizes. */
public final class ContextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContextException(String message) {
        super(message);
    }
}
