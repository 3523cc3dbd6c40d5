package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.NativeEngine;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a teacher into a directory: recipe.json, the tokenizer, training-log.jsonl and, while it runs,
 * checkpoint.safetensors, of a teacher that is trained further origin.json; at the end config.json, model.safetensors (16 bits) and scores.json. A run that was stopped
 * goes on from its checkpoint; one that is done is left as it is. Belongs to one thread, which computes; another draws
 * and tokenises documents.
 */
public final class TeacherTrainer {
    private static final Logger LOG = LoggerFactory.getLogger(TeacherTrainer.class);

    private final TeacherRecipe recipe;
    private final Path directory;
    private final TrainingListener listener;
    private final TrainingTexts texts;
    private final Beginning beginning;

    /** A run of the recipe on the generated suites in the directory, which is made where it does not exist. */
    public TeacherTrainer(TeacherRecipe recipe, Path directory, TrainingListener listener) {
        this(recipe, directory, listener, TrainingTexts.SUITES, new DrawnBeginning(recipe, TrainingTexts.SUITES));
    }

    private TeacherTrainer(
            TeacherRecipe recipe, Path directory, TrainingListener listener, TrainingTexts texts, Beginning beginning) {
        this.recipe = recipe;
        this.directory = directory;
        this.listener = listener;
        this.texts = texts;
        this.beginning = beginning;
    }

    /**
     * A run that trains a teacher further on the texts, in a directory of its own.
     *
     * @param base keeps its shape and its tokenizer
     */
    public static TeacherTrainer continuing(
            BaseTeacher base, ContinuedRecipe recipe, TrainingTexts texts, Path directory, TrainingListener listener) {
        return new TeacherTrainer(
                recipe.of(base.checkpoint().config()), directory, listener, texts, new ContinuedBeginning(base));
    }

    /**
     * Trains to the end, or from where an earlier run was stopped.
     *
     * @throws IllegalArgumentException when the directory belongs to a recipe with another model or other data, or holds a
     *     finished teacher of any other recipe
     * @throws IOException when a file cannot be read or written
     * @throws InterruptedException when the thread is interrupted; the last checkpoint stays
     */
    public void run() throws IOException, InterruptedException {
        NativeEngine.prepare();
        Files.createDirectories(directory);
        RunFiles files = new RunFiles(directory, recipe, beginning.identity(), texts.identity());
        if (Files.exists(directory.resolve(TeacherExport.SCORES_FILE))) {
            files.requireFinishedByThis();
            LOG.info("{} holds a finished teacher; nothing to do", directory);
            return;
        }
        files.claim();
        BytePairTokenizer tokenizer = beginning.tokenizer(directory);
        NanoConfig config = recipe.config(tokenizer.vocabularySize(), tokenizer.bos(), tokenizer.eos());
        Path checkpoint = directory.resolve("checkpoint.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, Tensor> trained = train(config, tokenizer, new TrainingCheckpoint(checkpoint), manager);
            new TeacherExport(recipe, texts, directory).write(new NanoCheckpoint(config, trained));
        }
        Files.deleteIfExists(checkpoint);
    }

    private Map<String, Tensor> train(
            NanoConfig config, BytePairTokenizer tokenizer, TrainingCheckpoint checkpoint, NDManager manager)
            throws IOException, InterruptedException {
        TrainedWeights weights = new TrainedWeights(config, manager, beginning.weights(config));
        try (OptimiserSet optimisers = new OptimiserSet(manager, weights, recipe.optimiser())) {
            Map<String, NDArray> arrays = new LinkedHashMap<>(weights.arrays());
            arrays.putAll(optimisers.state());
            TrainingState state = checkpoint.exists()
                    ? checkpoint.read(arrays, manager)
                    : TrainingState.start(recipe.mixture().size());
            try (BatchSource batches =
                    new BatchSource(recipe, texts, tokenizer, config.contextTokens(), state.positions())) {
                TrainingRun run = new TrainingRun(
                        recipe,
                        new TrainingRun.Parts(weights, optimisers, batches, manager),
                        new Validation(recipe, texts, tokenizer, config.contextTokens()),
                        new TrainingLog(directory.resolve("training-log.jsonl")),
                        listener);
                run.toTheEnd(config, state, now -> checkpoint.write(now, arrays));
            }
        }
        return tensors(weights, manager);
    }

    private static Map<String, Tensor> tensors(TrainedWeights weights, NDManager manager) {
        try (GradientMode mode = GradientMode.paused();
                NDManager scope = manager.newSubManager()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            NanoCheckpoint.tensors(weights.views(scope)).forEach(tensor -> tensors.put(tensor.name(), tensor));
            return tensors;
        }
    }
}
