package io.retort.distill.teachers.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.NanoConfigJson;
import io.retort.distill.teachers.training.TeacherRecipe.Induction;
import io.retort.distill.teachers.training.TeacherRecipe.Ingredient;
import io.retort.distill.teachers.training.TeacherRecipe.Initialisation;
import io.retort.distill.teachers.training.TeacherRecipe.OptimiserPlan;
import io.retort.distill.teachers.training.TeacherRecipe.SchedulePlan;
import io.retort.distill.teachers.training.TeacherRecipe.TokenizerPlan;
import io.retort.distill.teachers.training.TeacherRecipe.WatchPlan;
import java.util.List;

/**
 * How a teacher that is there is trained further: a {@link TeacherRecipe} without what the teacher brings along, which are
 * model, tokenizer and first weights.
 *
 * @param name the new teacher's name
 * @param seed seeds the order of documents
 * @param mixture what is drawn, in what shares
 * @param optimiser learning rates
 * @param schedule length of the run and of its steps
 * @param watch what is measured and kept on the way
 */
public record ContinuedRecipe(
        String name,
        long seed,
        List<Ingredient> mixture,
        OptimiserPlan optimiser,
        SchedulePlan schedule,
        WatchPlan watch) {
    private static final List<String> OF_THE_TOKENIZER = List.of("vocab_size", "bos_token_id", "eos_token_id");

    public ContinuedRecipe {
        mixture = List.copyOf(mixture);
    }

    /**
     * Reads a recipe.
     *
     * @throws IllegalArgumentException when it is no JSON, lacks a field, has an unknown one or a value out of bounds
     */
    public static ContinuedRecipe parse(String json) {
        return TeacherRecipe.parse(json, ContinuedRecipe.class);
    }

    /** The recipe with the config of the teacher that goes on. What only a new teacher needs stands there unused. */
    TeacherRecipe of(NanoConfig config) {
        ObjectNode model = TeacherRecipe.parse(NanoConfigJson.write(config), ObjectNode.class);
        model.remove(OF_THE_TOKENIZER);
        return new TeacherRecipe(
                name,
                seed,
                model,
                new TokenizerPlan(Math.max(256, config.vocabularySize()), 1),
                mixture,
                new Initialisation(1, 1, 0, 1, new Induction(0, 0, 0)),
                optimiser,
                schedule,
                watch);
    }
}
