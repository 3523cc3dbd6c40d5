package io.retort.jobs.failures;

import java.util.List;

/** Trainings that cannot go on, and would not if they were begun again from the same checkpoints. */
public final class ExpertFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * The trainings of some experts have failed; the others are done.
     *
     * @param faults each begins with the expert's name
     * @param trained how many were trained
     */
    public ExpertFailedException(List<String> faults, int trained) {
        super("expected to train " + (faults.size() + trained) + " experts, " + faults.size() + " failed: "
                + String.join("; ", faults));
    }
}
