package io.retort.distill.students;

import io.retort.distill.optimisation.LearningRateSchedule;
import io.retort.distill.students.TrainingException.Cause;
import io.retort.inference.alphabet.Alphabet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** One call of {@link StudentTrainer#trainTo}. */
final class TrainingRun {
    /** Updates between two points that a training may go back to. */
    static final int RESTART_STEPS = 200;

    private static final int MOST_RESTARTS = 2;
    private static final double RESTART_RATE = 0.5;
    private static final int NAMED_DOCUMENTS = 4;
    private static final int NAMED_SYMBOLS = 30;

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
    private double stepSecondsBefore;
    private long stepNanos;
    private int epoch = -1;
    private List<List<Window>> batches = List.of();
    private int step;
    private int restarts;
    private RestartPoints points = RestartPoints.NONE;

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
        trainer.checkpoints.store().latest().ifPresent(this::restore);
        meter.start(seconds());
        double saved = seconds();
        while (step < Math.min(pause, plan.steps())) {
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
            listener.progressed(meter.report(step, plan.steps(), seconds()));
        }
        if (step < plan.steps()) {
            save();
            return student(OptionalDouble.empty());
        }
        return student(hasHeldDocuments() ? OptionalDouble.of(validate()) : OptionalDouble.empty());
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
            points = points.passed(snapshot());
        }
        step++;
        double factor = LearningRateSchedule.over(plan.steps()).factor(step) * Math.pow(RESTART_RATE, restarts);
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
            listener.progressed(meter.report(step, plan.steps(), seconds()));
        }
        if (hasHeldDocuments() && step % trainer.validation.everySteps() == 0 && step < plan.steps()) {
            validate();
        }
    }

    /**
     * Goes back to the last restart point but one with half the learning rate. These points lie at fixed steps, so that a
     * training that was killed and continued goes back to the same.
     */
    private void restart(List<Window> windows) {
        String found = "expected a finite loss and gradient at step " + step + ", found none over documents "
                + documents(windows);
        if (restarts == MOST_RESTARTS) {
            throw new TrainingException(
                    Cause.DIVERGED,
                    found + ", after " + MOST_RESTARTS
                            + " restarts, each with half the learning rate of the one before");
        }
        int failed = step;
        restarts++;
        points = points.gone();
        points.last().restore(state);
        step = points.last().step();
        listener.restarted(failed, step, Math.pow(RESTART_RATE, restarts), found);
    }

    /** Some of the batch's documents: their numbers, and how they begin. */
    private String documents(List<Window> windows) {
        List<String> some = windows.stream()
                .map(Window::document)
                .distinct()
                .limit(NAMED_DOCUMENTS)
                .map(document -> document + " (" + beginning(document) + ")")
                .toList();
        int others = windows.size() - some.size();
        return some + (others > 0 ? " and " + others + " more" : "");
    }

    private String beginning(int document) {
        int[] symbols = trainer.documents.document(document).symbols();
        int[] first = Arrays.copyOf(symbols, Math.min(symbols.length, NAMED_SYMBOLS));
        String text = new String(Alphabet.decode(first), StandardCharsets.UTF_8).replace('\n', ' ');
        return text + (symbols.length > first.length ? "…" : "");
    }

    private Snapshot snapshot() {
        return new Snapshot(step, state.weights(), state.optimiserState());
    }

    private double seconds() {
        return secondsBefore + (trainer.nanoClock.getAsLong() - startNanos) / 1e9;
    }

    private double stepSeconds() {
        return stepSecondsBefore + stepNanos / 1e9;
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
        return loss;
    }

    private TrainedStudent student(OptionalDouble validationLoss) {
        return new TrainedStudent(
                plan.student(), state.weights(), step, seconds(), stepSeconds(), meter.lastLoss(), validationLoss);
    }

    private boolean hasHeldDocuments() {
        return trainer.validation.documents().size() > 0;
    }

    private void save() {
        trainer.checkpoints
                .store()
                .save(new TrainingCheckpoint(identity, seconds(), stepSeconds(), restarts, snapshot(), points)
                        .encoded());
    }

    private void restore(byte[] encoded) {
        TrainingCheckpoint checkpoint = TrainingCheckpoint.decoded(encoded);
        if (!checkpoint.identity().equals(identity)) {
            throw new TrainingException(
                    Cause.CHECKPOINT,
                    "expected a checkpoint of " + identity + ", found one of " + checkpoint.identity());
        }
        Snapshot now = checkpoint.now();
        now.restore(state);
        step = now.step();
        restarts = checkpoint.restarts();
        points = checkpoint.points();
        secondsBefore = checkpoint.seconds();
        stepSecondsBefore = checkpoint.stepSeconds();
        listener.resumed(step);
    }
}
