package io.retort.jobs.failures;

import io.retort.datasets.storage.Location;
import io.retort.distill.students.TrainingException;

/** A training that cannot go on, and would not if it were begun again from the same checkpoint. */
public final class ExpertFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * The training of an expert has failed.
     *
     * @param checkpoint what to delete for it to begin anew
     */
    public ExpertFailedException(String expert, Location checkpoint, TrainingException cause) {
        super(
                "training of " + expert + ": " + cause.getMessage() + "; to train it from the beginning delete "
                        + checkpoint,
                cause);
    }
}
