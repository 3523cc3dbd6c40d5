package io.retort.distill.students;

import io.retort.distill.optimisation.LearningRateSchedule;
import io.retort.distill.students.StudentTrainer.Keep;
import io.retort.distill.students.TrainingPlan.Length;
import io.retort.inference.tensors.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** One call of {@link StudentTrainer#train}. */
final class TrainingRun {

    private final StudentTrainer trainer;
    private final TrainingPlan plan;
    private final TrainingState state;
    private final TrainingListener listener;
    private final EpochOrder order;
    private final BatchBuilder builder;
    private final String identity;
    private final LossMeter meter = new LossMeter();
    private final long startNanos;
    private double secondsBefore;
    private int step;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private Map<String, Tensor> best = Map.of();

    TrainingRun(StudentTrainer trainer, TrainingState state, TrainingListener listener) {
        this.trainer = trainer;
        this.plan = trainer.plan;
        this.state = state;
        this.listener = listener;
        List<Window> windows = Window.of(trainer.documents, plan.data().longestSequence(), plan.weights());
        long positions = windows.stream().mapToLong(Window::positions).sum();
        order = new EpochOrder(windows, plan.data().symbolsPerBatch(), plan.seed());
        builder = new BatchBuilder(trainer.documents, plan.objective(), plan.weights());
        identity = plan + " over " + windows.size() + " windows of " + positions + " positions";
        startNanos = trainer.nanoClock.getAsLong();
    }

    TrainedStudent finish() throws InterruptedException {
        trainer.checkpoints.store().latest().ifPresent(this::restore);
        meter.start(seconds());
        double saved = seconds();
        int epoch = -1;
        List<List<Window>> batches = List.of();
        while (!done()) {
            if (Thread.interrupted()) {
                save();
                throw new InterruptedException("training interrupted after step " + step);
            }
            if (step / order.batchesPerEpoch() != epoch) {
                epoch = step / order.batchesPerEpoch();
                batches = order.batches(epoch);
            }
            advance(batches.get(step % order.batchesPerEpoch()));
            if (seconds() - saved >= trainer.checkpoints.everySeconds()) {
                save();
                saved = seconds();
            }
        }
        if (meter.hasNews()) {
            listener.progressed(meter.report(step, step, seconds()));
        }
        return trained();
    }

    private void advance(List<Window> windows) {
        step++;
        int expected = expectedSteps();
        double factor = LearningRateSchedule.over(expected).factor(step);
        double loss = state.update(scope -> builder.build(scope, windows), step, factor);
        meter.add(loss, windows.stream().mapToInt(Window::positions).sum());
        if (step == 1 || step % StudentTrainer.PROGRESS_STEPS == 0) {
            listener.progressed(meter.report(step, expected, seconds()));
        }
        if (hasHeldDocuments() && step % trainer.validation.everySteps() == 0 && step < expected) {
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
        double share = seconds() / ((Length.Seconds) plan.length()).seconds();
        // The first steps are slower than those to come, so their speed says too little.
        return (int) Math.max(step, Math.round(step / Math.min(1, Math.max(1e-3, share))));
    }

    private double seconds() {
        return secondsBefore + (trainer.nanoClock.getAsLong() - startNanos) / 1e9;
    }

    /** The mean weighted loss over the held-back documents, in nats a position. */
    private double validate() {
        DocumentSource held = trainer.validation.documents();
        BatchBuilder heldBuilder = new BatchBuilder(held, plan.objective(), plan.weights());
        List<Window> windows = Window.of(held, plan.data().longestSequence(), plan.weights());
        double total = 0;
        double weight = 0;
        for (List<Window> batch : new EpochOrder(windows, plan.data().symbolsPerBatch(), 0).batches(0)) {
            double batchWeight = heldBuilder.totalWeight(batch);
            total += batchWeight * state.evaluate(scope -> heldBuilder.build(scope, batch));
            weight += batchWeight;
        }
        double loss = total / weight;
        listener.validated(step, loss);
        if (trainer.validation.keep() == Keep.BEST && loss < bestLoss) {
            bestLoss = loss;
            best = state.weights();
        }
        return loss;
    }

    private TrainedStudent trained() {
        OptionalDouble loss = OptionalDouble.empty();
        Map<String, Tensor> weights = state.weights();
        if (hasHeldDocuments()) {
            double last = validate();
            boolean keepBest = trainer.validation.keep() == Keep.BEST;
            weights = keepBest ? best : weights;
            loss = OptionalDouble.of(keepBest ? bestLoss : last);
        }
        return new TrainedStudent(plan.student(), weights, step, seconds(), meter.lastLoss(), loss);
    }

    private boolean hasHeldDocuments() {
        return trainer.validation.documents().size() > 0;
    }

    private void save() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        putAll(tensors, TrainingCheckpoint.WEIGHTS, state.weights());
        putAll(tensors, TrainingCheckpoint.STATE, state.optimiserState());
        putAll(tensors, TrainingCheckpoint.BEST, best);
        trainer.checkpoints
                .store()
                .save(new TrainingCheckpoint(identity, step, seconds(), bestLoss, tensors).encoded());
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

    private static void putAll(Map<String, Tensor> tensors, String prefix, Map<String, Tensor> part) {
        for (Tensor tensor : part.values()) {
            String name = prefix + tensor.name();
            tensors.put(name, new Tensor(name, tensor.shape(), tensor.values()));
        }
    }
}
