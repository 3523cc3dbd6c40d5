package io.retort.distill.students;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Trains one student on the calling thread. Trainers share nothing: several may run at once, each on a thread of its own.
 *
 * <p>A training is a function of its plan and its documents: interrupted at any point and continued
 * from its checkpoint, in this or another process on the same kind of machine, it gives the same weights.
 */
public final class StudentTrainer {

    /** Updates between two reports of progress. */
    public static final int PROGRESS_STEPS = 20;

    /**
     * Held-back documents.
     *
     * @param everySteps updates between two looks at them, besides the one at the end
     */
    public record Validation(DocumentSource documents, int everySteps) {
        /** No validation. */
        public static final Validation NONE = new Validation(DocumentSource.of(List.of()), Integer.MAX_VALUE);

        public Validation {
            if (everySteps < 1) {
                throw new IllegalArgumentException("expected a positive number of steps, found " + everySteps);
            }
        }
    }

    /** Where checkpoints go, and how many seconds apart. */
    public record Checkpoints(CheckpointStore store, double everySeconds) {
        /** No checkpoints. */
        public static final Checkpoints NONE = new Checkpoints(CheckpointStore.none(), Double.POSITIVE_INFINITY);
    }

    final TrainingPlan plan;
    final DocumentSource documents;
    final Validation validation;
    final Checkpoints checkpoints;
    final LongSupplier nanoClock;

    /** @param nanoClock such as System::nanoTime; decides nothing but when checkpoints are made */
    public StudentTrainer(
            TrainingPlan plan,
            DocumentSource documents,
            Validation validation,
            Checkpoints checkpoints,
            LongSupplier nanoClock) {
        this.plan = plan;
        this.documents = documents;
        this.validation = validation;
        this.checkpoints = checkpoints;
        this.nanoClock = nanoClock;
    }

    /**
     * Trains to the end of the plan, from the store's checkpoint if there is one.
     *
     * <p>A loss that is no number sends it back with half the learning rate, at most twice: to the last but one of the points
     * at multiples of 200 updates that it passed, the first being 0, since it was begun or went back.
     *
     * @throws TrainingException if the loss is not finite even so, or the checkpoint belongs to another training
     * @throws InterruptedException if the thread was interrupted; a checkpoint was saved before
     */
    public TrainedStudent train(TrainingListener listener) throws InterruptedException {
        return trainTo(Integer.MAX_VALUE, listener);
    }

    /**
     * Trains as {@link #train} does, but stops after {@code step} updates if the plan has more: saves a checkpoint that a later
     * call goes on from, and gives the weights at that point without a look at the held-back documents. The learning rate
     * is that of the whole plan, so a training with pauses gives the same weights as one without.
     *
     * @param step updates from the beginning, at least 1; nothing is done where a checkpoint has as many
     * @throws TrainingException as {@link #train}
     * @throws InterruptedException as {@link #train}
     */
    public TrainedStudent trainTo(int step, TrainingListener listener) throws InterruptedException {
        if (step < 1) {
            throw new IllegalArgumentException("expected to pause after at least one step, found " + step);
        }
        try (TrainingState state = new TrainingState(plan)) {
            return new TrainingRun(this, state, listener).to(step);
        }
    }
}
