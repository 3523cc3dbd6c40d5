package io.retort.distill.students;

import io.retort.distill.optimisation.LearningRateSchedule;
import io.retort.distill.students.TrainingListener.Progress;
import io.retort.distill.students.TrainingPlan.Length;
import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Trains one student on the calling thread. Trainers share nothing: several may run at once, each on a thread of its own.
 *
 * <p>A training bounded by steps is a function of its plan and its documents: interrupted at any point and continued
 * from its checkpoint, in this or another process on the same kind of machine, it gives the same weights.
 */
public final class StudentTrainer {

    /** Updates between two reports of progress. */
    public static final int PROGRESS_STEPS = 20;

    /** Which weights a training gives. */
    public enum Keep {
        /** Those after the last update, which the falling learning rate has settled. */
        LAST,
        /** Those of the lowest validation loss. */
        BEST
    }

    /**
     * Held-back documents.
     *
     * @param everySteps updates between two looks at them, besides the one at the end
     */
    public record Validation(DocumentSource documents, int everySteps, Keep keep) {
        /** No validation. */
        public static final Validation NONE =
                new Validation(DocumentSource.of(List.of()), Integer.MAX_VALUE, Keep.LAST);

        public Validation {
            if (everySteps < 1 || (keep == Keep.BEST && documents.size() == 0)) {
                throw new IllegalArgumentException(
                        "expected a positive number of steps and documents to choose by, found " + everySteps + " and "
                                + documents.size());
            }
        }
    }

    /** Where checkpoints go, and how many seconds apart. */
    public record Checkpoints(CheckpointStore store, double everySeconds) {
        /** No checkpoints. */
        public static final Checkpoints NONE = new Checkpoints(CheckpointStore.none(), Double.POSITIVE_INFINITY);
    }

    private final TrainingPlan plan;
    private final DocumentSource documents;
    private final Validation validation;
    private final Checkpoints checkpoints;
    private final LongSupplier nanoClock;

    /** @param nanoClock such as System::nanoTime; decides nothing but a time bound and when checkpoints are made */
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
     * @throws TrainingException if the loss is not finite or the checkpoint belongs to another training
     * @throws InterruptedException if the thread was interrupted; a checkpoint was saved before
     */
    public TrainedStudent train(TrainingListener listener) throws InterruptedException {
        try (TrainingState state = new TrainingState(plan)) {
            return new Run(state, listener).finish();
        }
    }

    /** One call of {@link #train}. */
    private final class Run {
        private final TrainingState state;
        private final TrainingListener listener;
        private final EpochOrder order;
        private final BatchBuilder batches;
        private final String identity;
        private final long startNanos;
        private int step;
        private double secondsBefore;
        private double bestLoss = Double.POSITIVE_INFINITY;
        private Map<String, Tensor> best = Map.of();
        private final LossMeter meter = new LossMeter();

        Run(TrainingState state, TrainingListener listener) {
            this.state = state;
            this.listener = listener;
            List<Window> windows = Window.of(documents, plan.data().longestSequence());
            long positions = windows.stream().mapToLong(Window::positions).sum();
            order = new EpochOrder(windows, plan.data().symbolsPerBatch(), plan.seed());
            batches = new BatchBuilder(documents, plan.objective(), plan.weights());
            identity = plan + " over " + windows.size() + " windows of " + positions + " positions";
            startNanos = nanoClock.getAsLong();
        }

        TrainedStudent finish() throws InterruptedException {
            checkpoints.store().latest().ifPresent(this::restore);
            double saved = seconds();
            long epoch = -1;
            List<List<Window>> epochBatches = List.of();
            while (!done()) {
                if (Thread.interrupted()) {
                    save();
                    throw new InterruptedException("training interrupted after step " + step);
                }
                if (step / order.batchesPerEpoch() != epoch) {
                    epoch = step / order.batchesPerEpoch();
                    epochBatches = order.batches(epoch);
                }
                advance(epochBatches.get(step % order.batchesPerEpoch()));
                if (seconds() - saved >= checkpoints.everySeconds()) {
                    save();
                    saved = seconds();
                }
            }
            return trained();
        }

        private void advance(List<Window> windows) {
            step++;
            double factor = LearningRateSchedule.over(expectedSteps()).factor(step);
            double loss = state.update(scope -> batches.build(scope, windows), step, factor);
            meter.add(loss, windows.stream().mapToInt(Window::positions).sum());
            if (step == 1 || step % PROGRESS_STEPS == 0 || done()) {
                listener.progressed(meter.report(step, expectedSteps(), seconds()));
            }
            if (step % validation.everySteps() == 0 && !done()) {
                validate();
            }
        }

        private boolean done() {
            return plan.length() instanceof Length.Steps bound
                    ? step >= bound.steps()
                    : seconds() >= ((Length.Seconds) plan.length()).seconds();
        }

        /** Exact for a bound of steps; for a bound of time, what the speed so far lets expect. */
        private int expectedSteps() {
            if (plan.length() instanceof Length.Steps bound) {
                return bound.steps();
            }
            double share = Math.max(1e-3, seconds() / ((Length.Seconds) plan.length()).seconds());
            return (int) Math.max(step, Math.round(step / Math.min(1, share)));
        }

        private double seconds() {
            return secondsBefore + (nanoClock.getAsLong() - startNanos) / 1e9;
        }

        private double validate() {
            double total = 0;
            double weight = 0;
            DocumentSource held = validation.documents();
            BatchBuilder builder = new BatchBuilder(held, plan.objective(), plan.weights());
            List<Window> windows = Window.of(held, plan.data().longestSequence());
            EpochOrder heldOrder = new EpochOrder(windows, plan.data().symbolsPerBatch(), 0);
            double[] weights = new double[1];
            for (List<Window> batch : heldOrder.batches(0)) {
                total += state.evaluate(scope -> {
                    BatchBuilder.Batch built = builder.build(scope, batch);
                    weights[0] = built.totalWeight();
                    return built;
                });
                weight += weights[0];
            }
            double loss = total / weight;
            listener.validated(step, loss);
            if (validation.keep() == Keep.BEST && loss < bestLoss) {
                bestLoss = loss;
                best = state.weights();
            }
            return loss;
        }

        private TrainedStudent trained() {
            OptionalDouble loss = OptionalDouble.empty();
            Map<String, Tensor> weights = state.weights();
            if (validation.documents().size() > 0) {
                double last = validate();
                boolean keepBest = validation.keep() == Keep.BEST;
                weights = keepBest ? best : weights;
                loss = OptionalDouble.of(keepBest ? bestLoss : last);
            }
            return new TrainedStudent(plan.student(), weights, step, seconds(), meter.lastLoss(), loss);
        }

        private void save() {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            put(tensors, TrainingCheckpoint.WEIGHTS, state.weights());
            put(tensors, TrainingCheckpoint.STATE, state.optimiserState());
            put(tensors, TrainingCheckpoint.BEST, best);
            checkpoints.store().save(new TrainingCheckpoint(identity, step, seconds(), bestLoss, tensors).encoded());
        }

        private void restore(byte[] encoded) {
            TrainingCheckpoint checkpoint = TrainingCheckpoint.decoded(encoded);
            if (!checkpoint.identity().equals(identity)) {
                throw new TrainingException(
                        "expected a checkpoint of " + identity + ", found one of " + checkpoint.identity());
            }
            state.load(checkpoint.part(TrainingCheckpoint.WEIGHTS));
            state.loadOptimiserState(checkpoint.part(TrainingCheckpoint.STATE));
            best = checkpoint.part(TrainingCheckpoint.BEST);
            bestLoss = checkpoint.bestLoss();
            step = checkpoint.step();
            secondsBefore = checkpoint.seconds();
            listener.resumed(step);
        }

        private void put(Map<String, Tensor> tensors, String prefix, Map<String, Tensor> part) {
            for (Tensor tensor : new ArrayList<>(part.values())) {
                String name = prefix + tensor.name();
                tensors.put(name, new Tensor(name, tensor.shape(), tensor.values()));
            }
        }
    }

    /** Mean loss and speed since the last report. */
    private static final class LossMeter {
        private double losses;
        private int batches;
        private long positions;
        private double since;
        private double last = Double.NaN;

        void add(double loss, int seen) {
            losses += loss;
            batches++;
            positions += seen;
        }

        Progress report(int step, int expectedSteps, double now) {
            last = losses / Math.max(1, batches);
            Progress progress = new Progress(step, expectedSteps, last, positions / Math.max(1e-9, now - since));
            losses = 0;
            batches = 0;
            positions = 0;
            since = now;
            return progress;
        }

        double lastLoss() {
            return last;
        }
    }
}
