package io.retort.distill.teachers.served;

import java.time.Duration;

/** One attempt failed in a way that another may not. */
final class TransientFaultException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    enum Kind {
        /** The server asks for patience. */
        BUSY,
        /** The server failed on what it was asked: it may fail on this request alone. */
        FAILED,
        /** The answer did not come, or is not one. */
        BROKEN
    }

    private final Kind kind;
    private final Duration patience;

    TransientFaultException(Kind kind, String message, Duration patience) {
        super(message, null, false, false);
        this.kind = kind;
        this.patience = patience;
    }

    static TransientFaultException broken(String message) {
        return new TransientFaultException(Kind.BROKEN, message, Duration.ZERO);
    }

    Kind kind() {
        return kind;
    }

    /** How long the server asks to wait; zero where it does not. */
    Duration patience() {
        return patience;
    }
}
