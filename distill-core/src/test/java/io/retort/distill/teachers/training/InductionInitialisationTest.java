package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.retort.distill.teachers.NativeEngine;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.training.TeacherRecipe.Induction;
import io.retort.distill.teachers.training.TeacherRecipe.Initialisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InductionInitialisationTest {

    private static final int VOCABULARY = 400;
    private static final int LENGTH = 40;
    private static final Induction NONE = new Induction(0, 0, 0);

    private static TeacherRecipe recipe;

    @BeforeAll
    static void readTheRecipeOfTheShippedTeacher() throws IOException {
        NativeEngine.prepare();
        recipe = TeacherRecipe.parse(Files.readString(Path.of("../recipes/nano.json")));
    }

    @Test
    void beforeAnyTrainingWhatWasSeenOnceIsPredictedTheSecondTime() {
        Induction shipped = recipe.initialisation().induction();
        assertThat(gainOnRepetition(shipped)).isGreaterThan(1.0);
        assertThat(gainOnRepetition(NONE)).isBetween(-0.3, 0.3);
    }

    @Test
    void aModelTooShallowForTheCircuitIsRefused() {
        NanoConfig config = recipe.config(VOCABULARY, 0, 1);
        NanoConfig shallow = new NanoConfig(
                config.vocabularySize(),
                config.hiddenSize(),
                1,
                1,
                config.denseWidth(),
                config.normEpsilon(),
                config.head(),
                config.contextTokens(),
                config.bos(),
                config.eos(),
                config.attention(),
                config.experts(),
                config.rope());
        WeightInitialiser initialiser = new WeightInitialiser(recipe.initialisation(), 1);
        assertThatThrownBy(() -> initialiser.tensors(shallow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 layers")
                .hasMessageContaining("found 1 layers");
    }

    /** Nats a token by which random tokens are more likely when they come a second time. */
    private static double gainOnRepetition(Induction induction) {
        Initialisation plan = recipe.initialisation();
        NanoConfig config = recipe.config(VOCABULARY, 0, 1);
        WeightInitialiser initialiser = new WeightInitialiser(
                new Initialisation(plan.embedding(), plan.matrixGain(), plan.outputGain(), plan.finalNorm(), induction),
                7);
        long[] ids =
                new Random(11).ints(LENGTH, 3, VOCABULARY).mapToLong(id -> id).toArray();
        long[] twice = new long[2 * LENGTH];
        System.arraycopy(ids, 0, twice, 0, LENGTH);
        System.arraycopy(ids, 0, twice, LENGTH, LENGTH);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray row = manager.create(twice).expandDims(0);
            NDArray hidden = new NanoCheckpoint(config, initialiser.tensors(config))
                    .model(manager)
                    .hidden(row, (l, e, w) -> {});
            float[] logProbabilities = new NanoCheckpoint(config, initialiser.tensors(config))
                    .model(manager)
                    .logits(hidden)
                    .logSoftmax(-1)
                    .toFloatArray();
            double first = 0;
            double second = 0;
            // The first two tokens of the second copy have too little before them to match on.
            for (int i = 2; i < LENGTH - 1; i++) {
                first += logProbabilities[i * VOCABULARY + (int) ids[i + 1]];
                second += logProbabilities[(LENGTH + i) * VOCABULARY + (int) ids[i + 1]];
            }
            return (second - first) / (LENGTH - 3);
        }
    }
}
