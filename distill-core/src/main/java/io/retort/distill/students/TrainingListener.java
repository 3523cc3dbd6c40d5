package io.retort.distill.students;

/** Hears how a training goes, on its thread. */
public interface TrainingListener {

    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * @param step updates done
     * @param expectedSteps updates in all, an estimate where the training is bounded by time
     * @param loss mean over the positions since the last report, weighted, nats a position
     * @param positionsPerSecond since the last report
     */
    record Progress(int step, int expectedSteps, double loss, double positionsPerSecond) {}

    /** Called after the first update, after every {@link StudentTrainer#PROGRESS_STEPS} and after the last. */
    default void progressed(Progress progress) {}

    /** Called with the mean weighted loss over the validation documents in nats a position. */
    default void validated(int step, double loss) {}

    /** Called when a checkpoint was found and training goes on after {@code step} updates. */
    default void resumed(int step) {}

    /**
     * Called when a loss was no number and training goes back.
     *
     * @param failedStep the update that failed
     * @param step updates that are kept
     * @param rateFactor what learning rates are multiplied by from now on
     * @param reason what was found, and over which documents
     */
    default void restarted(int failedStep, int step, double rateFactor, String reason) {}
}
