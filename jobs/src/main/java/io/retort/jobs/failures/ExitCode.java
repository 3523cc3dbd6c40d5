package io.retort.jobs.failures;

/** How a command ends. */
public enum ExitCode {
    /** All was done, or was there already. */
    DONE(0),
    /** What was made does not pass a gate. */
    GATE_FAILED(1),
    /** Wrong usage or bad input: the same command fails again. */
    BAD_INPUT(2),
    /** A fault of the world that a retry may cure. */
    FAULT(3),
    /** Stopped from outside; what was done is kept. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the process returns. */
    public int code() {
        return code;
    }
}
