package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.NanoModel;
import io.retort.distill.teachers.training.TeacherRecipe.Ingredient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Gradients of one step, the loss the domains' weighted means over their tokens, added by share. The passes are dealt to
 * a fixed number of threads, each with gradients of its own that are added in a fixed order: which thread is faster
 * changes nothing.
 */
final class TrainingStep implements AutoCloseable {
    private final NanoConfig config;
    private final List<Ingredient> mixture;
    /** The first are the weights themselves; the others share their values. */
    private final List<TrainedWeights> sharers;

    private final ExecutorService executor;

    TrainingStep(NanoConfig config, TrainedWeights weights, List<Ingredient> mixture, int threads) {
        this.config = config;
        this.mixture = List.copyOf(mixture);
        this.sharers = Stream.concat(Stream.of(weights), Stream.generate(weights::sharer))
                .limit(threads)
                .toList();
        this.executor = Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "teacher-passes");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Adds the step's gradients to the weights and its losses and loads to the tally. */
    void accumulate(StepBatch batch, NDManager parent, StepTally tally) throws InterruptedException {
        double[] totals = totals(batch);
        List<List<Pass>> hands = deal(batch.passes(), sharers.size());
        List<Future<StepTally>> counted = new ArrayList<>();
        for (int i = 0; i < hands.size(); i++) {
            List<Pass> hand = hands.get(i);
            TrainedWeights weights = sharers.get(i);
            counted.add(executor.submit(() -> accumulate(hand, weights, totals, parent)));
        }
        for (int i = 0; i < hands.size(); i++) {
            tally.add(result(counted.get(i)));
            if (i > 0 && !hands.get(i).isEmpty()) {
                sharers.get(0).takeGradients(sharers.get(i), parent);
            }
        }
        tally.addStep(batch);
    }

    /** Passes by size to whoever has least so far, so that all have about as much; the first is never left without. */
    private static List<List<Pass>> deal(List<Pass> passes, int hands) {
        List<List<Pass>> dealt = new ArrayList<>();
        for (int i = 0; i < hands; i++) {
            dealt.add(new ArrayList<>());
        }
        passes.stream()
                .sorted(Comparator.comparingInt(Pass::positions).reversed())
                .forEach(pass -> Collections.min(dealt, Comparator.comparingInt(TrainingStep::positions))
                        .add(pass));
        return dealt;
    }

    private static int positions(List<Pass> passes) {
        return passes.stream().mapToInt(Pass::positions).sum();
    }

    private static StepTally result(Future<StepTally> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pass failed: " + e.getCause(), e);
        }
    }

    /** Of each ingredient, the weights of its tokens in the step. */
    private double[] totals(StepBatch batch) {
        double[] totals = new double[mixture.size()];
        for (Pass pass : batch.passes()) {
            float[] tokenWeights = tokenWeights(pass);
            for (int i = 0; i < tokenWeights.length; i++) {
                totals[ingredient(pass, i)] += tokenWeights[i];
            }
        }
        return totals;
    }

    private StepTally accumulate(List<Pass> passes, TrainedWeights weights, double[] totals, NDManager parent) {
        StepTally tally = new StepTally(config, mixture.size());
        for (Pass pass : passes) {
            try (GradientMode mode = GradientMode.recording();
                    NDManager scope = parent.newSubManager()) {
                accumulate(pass, weights.model(scope), totals, scope, tally);
            }
        }
        return tally;
    }

    private void accumulate(Pass pass, NanoModel model, double[] totals, NDManager scope, StepTally tally) {
        int positions = pass.rows() * pass.time();
        NDArray ids = scope.create(pass.inputs(config.bos(), config.eos()), new Shape(pass.rows(), pass.time()));
        NDArray hidden = model.hidden(ids, (layer, experts, shares) -> tally.addRouting(pass, layer, experts));
        NDArray targets = scope.create(pass.targets(config.eos()), new Shape(positions, 1));
        // [positions, 1]
        NDArray logLikelihoods = model.logits(hidden).logSoftmax(1).gather(targets, 1);
        float[] tokenWeights = tokenWeights(pass);
        double shares = mixture.stream().mapToDouble(Ingredient::share).sum();
        for (int i = 0; i < positions; i++) {
            int ingredient = ingredient(pass, i);
            tokenWeights[i] *= (float) (-mixture.get(ingredient).share() / shares / totals[ingredient]);
        }
        NDArray loss = logLikelihoods
                .mul(scope.create(tokenWeights, new Shape(positions, 1)))
                .sum();
        GradientMode.backward(loss);
        tally.addLosses(pass, logLikelihoods.toFloatArray());
    }

    private static int ingredient(Pass pass, int position) {
        return pass.documents().get(position / pass.time()).ingredient();
    }

    /** Loss weight of each position, {@code [rows · time]}: 1 in answers, the domain's own in prompts and free text. */
    private float[] tokenWeights(Pass pass) {
        float[] all = new float[pass.rows() * pass.time()];
        for (int i = 0; i < all.length; i++) {
            Ingredient ingredient = mixture.get(ingredient(pass, i));
            if (pass.isAnswer(i)) {
                boolean free = pass.documents().get(i / pass.time()).promptTokens() == 0;
                all[i] = free ? (float) ingredient.textWeight() : 1;
            } else if (pass.isReal(i)) {
                all[i] = (float) ingredient.promptWeight();
            }
        }
        return all;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
