package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.TensorLayout;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop: steps, and at their times a line in the log, a validation, a checkpoint. */
final class TrainingRun {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

    /** Steps without a usable gradient, one after the other, before a run gives up. */
    private static final int MOST_SPOILED = 10;

    private final TeacherRecipe recipe;
    private final Parts parts;
    private final Validation validation;
    private final TrainingLog log;
    private final TrainingListener listener;

    /** What a run works on. */
    record Parts(TrainedWeights weights, OptimiserSet optimisers, BatchSource batches, NDManager manager) {}

    /** Keeps a state and the arrays as they are. */
    @FunctionalInterface
    interface Keeper {
        void keep(TrainingState state) throws IOException;
    }

    TrainingRun(TeacherRecipe recipe, Parts parts, Validation validation, TrainingLog log, TrainingListener listener) {
        this.recipe = recipe;
        this.parts = parts;
        this.validation = validation;
        this.log = log;
        this.listener = listener;
    }

    void toTheEnd(NanoConfig config, TrainingState start, Keeper keeper) throws IOException, InterruptedException {
        try (TrainingStep step = new TrainingStep(
                config, parts.weights(), recipe.mixture(), recipe.schedule().threads())) {
            toTheEnd(config, start, keeper, step);
        }
    }

    private void toTheEnd(NanoConfig config, TrainingState start, Keeper keeper, TrainingStep step)
            throws IOException, InterruptedException {
        log.truncateAfter(start.step());
        log.append(started(config, start));
        Pace pace = new Pace(recipe.schedule(), start.frozenSteps());
        StepTally since = new StepTally(config, recipe.mixture().size());
        Stopwatch watch = new Stopwatch(start.seconds());
        double loggedAt = start.seconds();
        double keptAt = start.seconds();
        TrainingState state = start;
        int spoiled = 0;
        while (state.step() < pace.plannedSteps(state.step(), watch.seconds())) {
            double factor = pace.factor(state.step(), watch.seconds());
            StepBatch batch = parts.batches().next();
            StepTally tally = new StepTally(config, recipe.mixture().size());
            step.accumulate(batch, parts.manager(), tally);
            if (parts.weights().gradientsAreFinite(parts.manager())) {
                update(config, state.step() + 1, factor, tally);
                since.add(tally);
                spoiled = 0;
            } else {
                spoiled = leaveOut(state.step() + 1, spoiled + 1);
            }
            state = new TrainingState(
                    state.step() + 1,
                    batch.nextPositions(),
                    state.tokens() + batch.tokens(),
                    watch.seconds(),
                    pace.frozenSteps());
            if (state.step() % recipe.watch().logEvery() == 0) {
                logProgress(state, since, watch.seconds() - loggedAt, factor);
                listener.progressed(progress(state, pace, since, watch.seconds() - loggedAt));
                since = new StepTally(config, recipe.mixture().size());
                // Only here, where nothing is half counted, so that a resumed run logs the same lines.
                if (watch.seconds() - keptAt >= recipe.watch().checkpointMinutes() * 60) {
                    keeper.keep(state);
                    keptAt = watch.seconds();
                }
                loggedAt = watch.seconds();
            }
            if (state.step() % recipe.watch().validateEvery() == 0) {
                logValidation(state.step());
                loggedAt = watch.seconds();
            }
        }
        keeper.keep(state);
        logValidation(state.step());
    }

    /** A step whose gradients are no numbers changes nothing. */
    private int leaveOut(int step, int inARow) throws IOException {
        if (inARow > MOST_SPOILED) {
            throw new IllegalStateException("step " + step + ": expected gradients that are numbers, found none in "
                    + inARow + " steps; a lower learning rate may help");
        }
        log.append(TrainingLog.line("left-out", step));
        LOG.warn("step {} left out: its gradients are not numbers", step);
        parts.weights().clearGradients();
        return inARow;
    }

    private void update(NanoConfig config, int step, double factor, StepTally tally) {
        parts.optimisers().update(step, factor);
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = parts.manager().newSubManager()) {
            for (int layer = config.denseLayers(); layer < config.layers(); layer++) {
                ExpertBalance.apply(
                        parts.weights().bias(layer),
                        tally.loads(layer),
                        recipe.optimiser().balanceRate() * factor,
                        scope);
            }
        }
    }

    private ObjectNode started(NanoConfig config, TrainingState start) {
        ObjectNode line = TrainingLog.line(start.step() == 0 ? "start" : "resume", start.step());
        line.put("steps", recipe.schedule().steps());
        line.put("vocabulary", config.vocabularySize());
        line.put("parameters", TensorLayout.parameters(config));
        return line;
    }

    private void logProgress(TrainingState state, StepTally since, double seconds, double factor) throws IOException {
        ObjectNode line = TrainingLog.line("train", state.step());
        line.put("tokens", state.tokens());
        line.put("seconds", rounded(state.seconds(), 1));
        ObjectNode losses = line.putObject("loss");
        for (int i = 0; i < recipe.mixture().size(); i++) {
            putUnlessNone(losses, recipe.mixture().get(i).domain(), since.loss(i));
        }
        line.put("tokensPerSecond", Math.round(since.tokens() / seconds));
        line.put("expertLoadMaxOverMean", rounded(since.imbalance(), 3));
        line.put("padding", rounded(since.padding(), 3));
        line.put("skipped", since.skipped());
        line.put("rateFactor", rounded(factor, 4));
        log.append(line);
        LOG.info("{}", line);
    }

    private void logValidation(int step) throws IOException {
        List<DomainScore> scores;
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = parts.manager().newSubManager()) {
            scores = validation.score(parts.weights().model(scope), scope);
        }
        ObjectNode line = TrainingLog.line("validate", step);
        for (DomainScore score : scores) {
            ObjectNode domain = line.putObject(score.domain());
            putUnlessNone(domain, "exact", score.exact());
            domain.put("asked", score.asked());
            putUnlessNone(domain, "natsPerToken", score.natsPerToken());
        }
        log.append(line);
        LOG.info("{}", line);
    }

    private TrainingProgress progress(TrainingState state, Pace pace, StepTally since, double seconds) {
        double loss = IntStream.range(0, recipe.mixture().size())
                .mapToDouble(since::loss)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
        return new TrainingProgress(
                state.step(),
                pace.plannedSteps(state.step(), state.seconds()),
                loss,
                since.tokens() / seconds,
                Duration.ofMillis(Math.round(state.seconds() * 1000)));
    }

    private static void putUnlessNone(ObjectNode line, String name, double mean) {
        if (!Double.isNaN(mean)) {
            line.put(name, rounded(mean, 4));
        }
    }

    private static double rounded(double value, int digits) {
        double unit = Math.pow(10, digits);
        return Math.round(value * unit) / unit;
    }

    /** Time trained, what earlier runs took included. */
    private static final class Stopwatch {
        private final double before;
        private final long start = System.nanoTime();

        Stopwatch(double before) {
            this.before = before;
        }

        double seconds() {
            return before + (System.nanoTime() - start) / 1e9;
        }
    }
}
