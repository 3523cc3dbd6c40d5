package io.retort.distill.students;

import io.retort.distill.optimisation.LearningRateSchedule;
import io.retort.distill.students.StudentTrainer.Keep;
import io.retort.distill.students.TrainingPlan.Length;
import io.retort.inference.tensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** One call of {@link StudentTrainer#trainTo}. */
final class TrainingRun {
    /** Updates between two points that a training may go back to. */
    static final int RESTART_STEPS = 200;

    private static final int MOST_RESTARTS = 2;
    private static final double RESTART_RATE = 0.5;
    private static final int NAMED_DOCUMENTS = 8;

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
    private long stepNanos;
    private int epoch = -1;
    private List<List<Window>> batches = List.of();
    private int step;
    private int restarts;
    private Snapshot restartPoint = Snapshot.NONE;
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
        builder = builder(trainer.documents);
        identity = plan + " over " + windows.size() + " windows of " + positions + " positions";
        startNanos = trainer.nanoClock.getAsLong();
    }

    private BatchBuilder builder(DocumentSource documents) {
        return new BatchBuilder(documents, plan.objective(), plan.weights(), state.rowsPerPass());
    }

    /** Goes on until so many updates are done, or to the end of the plan where that is sooner. */
    TrainedStudent to(int pause) throws InterruptedException {
        restartPoint = snapshot();
        trainer.checkpoints.store().latest().ifPresent(this::restore);
        meter.start(seconds());
        double saved = seconds();
        while (!done() && step < pause) {
            if (Thread.interrupted()) {
                save();
                throw new InterruptedException("training interrupted after step " + step);
            }
            advance(batch(step));
            if (seconds() - saved >= trainer.checkpoints.everySeconds()) {
                save();
                saved = seconds();
            }
        }
        if (meter.hasNews()) {
            listener.progressed(meter.report(step, done() ? step : expectedSteps(), seconds()));
        }
        if (!done()) {
            save();
            return student(state.weights(), OptionalDouble.empty());
        }
        return trained();
    }

    /** The windows of the update after {@code done} updates. */
    private List<Window> batch(int done) {
        if (done / order.batchesPerEpoch() != epoch) {
            epoch = done / order.batchesPerEpoch();
            batches = order.batches(epoch);
        }
        return batches.get(done % order.batchesPerEpoch());
    }

    private void advance(List<Window> windows) {
        if (step % RESTART_STEPS == 0) {
            restartPoint = snapshot();
        }
        step++;
        int expected = expectedSteps();
        double factor = LearningRateSchedule.over(expected).factor(step) * Math.pow(RESTART_RATE, restarts);
        List<BatchBuilder.Pass> passes = builder.build(windows);
        long begun = trainer.nanoClock.getAsLong();
        double loss = state.update(passes, step, factor);
        stepNanos += trainer.nanoClock.getAsLong() - begun;
        if (!Double.isFinite(loss)) {
            restart(windows);
            return;
        }
        meter.add(loss, windows.stream().mapToInt(Window::positions).sum());
        if (step == 1 || step % StudentTrainer.PROGRESS_STEPS == 0) {
            listener.progressed(meter.report(step, expected, seconds()));
        }
        if (hasHeldDocuments() && step % trainer.validation.everySteps() == 0 && step < expected) {
            validate();
        }
    }

    /**
     * Goes back to the last restart point with half the learning rate. These points lie at fixed steps, so that a training
     * that was killed and continued goes back to the same.
     */
    private void restart(List<Window> windows) {
        String found = "expected a finite loss and gradient at step " + step + ", found none over documents "
                + documents(windows);
        if (restarts == MOST_RESTARTS) {
            throw new TrainingException(found + ", after " + MOST_RESTARTS
                    + " restarts, each with half the learning rate of the one before");
        }
        int failed = step;
        restarts++;
        restartPoint.restore(state);
        step = restartPoint.step();
        best = restartPoint.best();
        bestLoss = restartPoint.bestLoss();
        listener.restarted(failed, step, Math.pow(RESTART_RATE, restarts), found);
    }

    private static String documents(List<Window> windows) {
        List<Integer> some =
                windows.stream().map(Window::document).limit(NAMED_DOCUMENTS).toList();
        int others = windows.size() - some.size();
        return some + (others > 0 ? " and " + others + " more" : "");
    }

    private Snapshot snapshot() {
        return new Snapshot(step, bestLoss, state.weights(), state.optimiserState(), best);
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
        BatchBuilder heldBuilder = builder(held);
        List<Window> windows = Window.of(held, plan.data().longestSequence(), plan.weights());
        double total = 0;
        double weight = 0;
        for (List<Window> batch : new EpochOrder(windows, plan.data().symbolsPerBatch(), 0).batches(0)) {
            double batchWeight = heldBuilder.totalWeight(batch);
            total += batchWeight * state.evaluate(heldBuilder.build(batch));
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
        return student(weights, loss);
    }

    private TrainedStudent student(Map<String, Tensor> weights, OptionalDouble validationLoss) {
        return new TrainedStudent(
                plan.student(), weights, step, seconds(), stepNanos / 1e9, meter.lastLoss(), validationLoss);
    }

    private boolean hasHeldDocuments() {
        return trainer.validation.documents().size() > 0;
    }

    private void save() {
        trainer.checkpoints
                .store()
                .save(new TrainingCheckpoint(identity, seconds(), restarts, snapshot(), restartPoint).encoded());
    }

    private void restore(byte[] encoded) {
        TrainingCheckpoint checkpoint = TrainingCheckpoint.decoded(encoded);
        if (!checkpoint.identity().equals(identity)) {
            throw new TrainingException(
                    "expected a checkpoint of " + identity + ", found one of " + checkpoint.identity());
        }
        Snapshot now = checkpoint.now();
        now.restore(state);
        best = now.best();
        bestLoss = now.bestLoss();
        step = now.step();
        restarts = checkpoint.restarts();
        restartPoint = checkpoint.restartPoint();
        secondsBefore = checkpoint.seconds();
        listener.resumed(step);
    }
}
