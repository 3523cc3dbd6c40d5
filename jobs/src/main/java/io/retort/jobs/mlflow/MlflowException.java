package io.retort.jobs.mlflow;

import java.io.IOException;

/** The server answered with an error. */
public final class MlflowException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    MlflowException(String message, int status, String code) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** MLflow's own code, such as {@code RESOURCE_DOES_NOT_EXIST}; empty where the answer has none. */
    public String code() {
        return code;
    }

    boolean isMissing() {
        return code.equals("RESOURCE_DOES_NOT_EXIST");
    }

    boolean isThere() {
        return code.equals("RESOURCE_ALREADY_EXISTS");
    }
}
