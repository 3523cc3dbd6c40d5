package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.NanoModel;
import io.retort.distill.teachers.training.TeacherRecipe.Ingredient;
import java.util.List;

/**
 * Gradients of one step: its passes one after the other, the loss
 * the domains' weighted means over their tokens, added by share.
 */
final class TrainingStep {
    private final NanoConfig config;
    private final TrainedWeights weights;
    private final List<Ingredient> mixture;

    TrainingStep(NanoConfig config, TrainedWeights weights, List<Ingredient> mixture) {
        this.config = config;
        this.weights = weights;
        this.mixture = List.copyOf(mixture);
    }

    /** Adds the step's gradients to the weights and its losses and loads to the tally. */
    void accumulate(StepBatch batch, NDManager parent, StepTally tally) {
        double[] totals = new double[mixture.size()];
        for (Pass pass : batch.passes()) {
            float[] tokenWeights = tokenWeights(pass);
            for (int i = 0; i < tokenWeights.length; i++) {
                totals[ingredient(pass, i)] += tokenWeights[i];
            }
        }
        for (Pass pass : batch.passes()) {
            try (GradientMode mode = GradientMode.recording();
                    NDManager scope = parent.newSubManager()) {
                accumulate(pass, totals, scope, tally);
            }
        }
        tally.addStep(batch);
    }

    private void accumulate(Pass pass, double[] totals, NDManager scope, StepTally tally) {
        NanoModel model = weights.model(scope);
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
}
