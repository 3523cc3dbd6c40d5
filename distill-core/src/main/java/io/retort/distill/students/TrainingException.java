package io.retort.distill.students;

/** A training that cannot go on: its loss is not finite, or its checkpoint is not its own. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Cause {
        /** The loss was no number; the same training comes to the same end. */
        DIVERGED,
        /** The checkpoint is damaged or belongs to another training; without it the training begins again. */
        CHECKPOINT
    }

    private final Cause what;

    TrainingException(Cause what, String message) {
        super(message);
        this.what = what;
    }

    TrainingException(Cause what, String message, Throwable cause) {
        super(message, cause);
        this.what = what;
    }

    public Cause what() {
        return what;
    }
}
