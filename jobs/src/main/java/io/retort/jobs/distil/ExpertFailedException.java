package io.retort.jobs.distil;

import io.retort.datasets.storage.Location;
import io.retort.distill.students.TrainingException;

/** A training that cannot go on, and would not if it were begun again from the same checkpoint. */
public final class ExpertFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExpertFailedException(String expert, Location checkpoint, TrainingException cause) {
        super(
                "training of " + expert + ": " + cause.getMessage() + "; to train it from the beginning delete "
                        + checkpoint,
                cause);
    }
}
