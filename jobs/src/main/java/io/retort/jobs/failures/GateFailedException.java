package io.retort.jobs.failures;

/** What was made is complete but does not pass a gate; the message says which. */
public final class GateFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GateFailedException(String message) {
        super(message);
    }
}
