package io.retort.inference.http;

/** A request that a server cannot or will not take in; the message says what was expected and found. */
public final class HttpProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** A problem that is answered with {@code status}, 400 or above. */
    public HttpProblem(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Returns the status to answer with. */
    public int status() {
        return status;
    }
}
