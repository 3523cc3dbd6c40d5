package io.retort.distill.students;

/** A training that cannot go on: its loss is not finite, or its checkpoint is not its own. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingException(String message) {
        super(message);
    }

    TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
