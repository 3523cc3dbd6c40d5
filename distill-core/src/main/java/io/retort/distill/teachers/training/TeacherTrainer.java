package io.retort.distill.teachers.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suites;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.datasets.tokenizers.BytePairTrainer;
import io.retort.datasets.tokenizers.PiecePatterns;
import io.retort.distill.optimisation.GradientMode;
import io.retort.distill.teachers.NativeEngine;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a teacher into a directory: recipe.json, the tokenizer, training-log.jsonl and, while it runs,
 * checkpoint.safetensors; at the end config.json, model.safetensors (16 bits) and scores.json. A run that was stopped
 * goes on from its checkpoint; one that is done is left as it is. Belongs to one thread, which computes; another draws
 * and tokenises documents.
 */
public final class TeacherTrainer {
    private static final Logger LOG = LoggerFactory.getLogger(TeacherTrainer.class);

    private final TeacherRecipe recipe;
    private final Path directory;
    private final TrainingListener listener;

    /** A run of the recipe in the directory, which is made where it does not exist. */
    public TeacherTrainer(TeacherRecipe recipe, Path directory, TrainingListener listener) {
        this.recipe = recipe;
        this.directory = directory;
        this.listener = listener;
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
        if (Files.exists(directory.resolve(TeacherExport.SCORES_FILE))) {
            RecipeFile.requireTrainedBy(directory, recipe);
            LOG.info("{} holds a finished teacher; nothing to do", directory);
            return;
        }
        RecipeFile.claim(directory, recipe);
        BytePairTokenizer tokenizer = tokenizer();
        NanoConfig config = recipe.config(tokenizer.vocabularySize(), tokenizer.bos(), tokenizer.eos());
        Path checkpoint = directory.resolve("checkpoint.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, Tensor> trained = train(config, tokenizer, new TrainingCheckpoint(checkpoint), manager);
            new TeacherExport(recipe, directory).write(new NanoCheckpoint(config, trained));
        }
        Files.deleteIfExists(checkpoint);
    }

    private BytePairTokenizer tokenizer() throws IOException {
        if (Files.exists(directory.resolve(BytePairTokenizer.CONFIG_FILE))) {
            return BytePairTokenizer.load(directory);
        }
        LOG.info(
                "training the tokenizer on {} documents a domain",
                recipe.tokenizer().sampleDocuments());
        BytePairTrainer trainer = new BytePairTrainer(recipe.tokenizer().ranks(), PiecePatterns.RETORT);
        for (TeacherRecipe.Ingredient ingredient : recipe.mixture()) {
            DocumentStream stream =
                    new DocumentStream(Suites.named(ingredient.domain()), Split.TRAIN, recipe.seed(), 0);
            for (int i = 0; i < recipe.tokenizer().sampleDocuments(); i++) {
                trainer.add(stream.next().text());
            }
        }
        BytePairTokenizer tokenizer = trainer.train();
        // What says that the tokenizer is there comes last.
        DurableFile.write(directory.resolve(BytePairTokenizer.TOKENS_FILE), tokenizer.tiktokenFile());
        DurableFile.write(directory.resolve(BytePairTokenizer.CONFIG_FILE), tokenizer.configFile());
        return tokenizer;
    }

    private Map<String, Tensor> train(
            NanoConfig config, BytePairTokenizer tokenizer, TrainingCheckpoint checkpoint, NDManager manager)
            throws IOException, InterruptedException {
        TrainedWeights weights = new TrainedWeights(
                config, manager, new WeightInitialiser(recipe.initialisation(), recipe.seed()).tensors(config));
        try (OptimiserSet optimisers = new OptimiserSet(manager, weights, recipe.optimiser())) {
            Map<String, NDArray> arrays = new LinkedHashMap<>(weights.arrays());
            arrays.putAll(optimisers.state());
            TrainingState state = checkpoint.exists()
                    ? checkpoint.read(arrays, manager)
                    : TrainingState.start(recipe.mixture().size());
            try (BatchSource batches = new BatchSource(recipe, tokenizer, config.contextTokens(), state.positions())) {
                TrainingRun run = new TrainingRun(
                        recipe,
                        new TrainingRun.Parts(weights, optimisers, batches, manager),
                        new Validation(recipe, tokenizer, config.contextTokens()),
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

    /** recipe.json in a run's directory. */
    private static final class RecipeFile {
        private static final String NAME = "recipe.json";

        private RecipeFile() {}

        /** Checks that a finished teacher is the one that the recipe makes. */
        static void requireTrainedBy(Path directory, TeacherRecipe recipe) throws IOException {
            Path file = directory.resolve(NAME);
            if (!TeacherRecipe.parse(Files.readString(file)).equals(recipe)) {
                throw new IllegalArgumentException(
                        file + ": expected the recipe given, found that of another finished teacher;"
                                + " use another directory");
            }
        }

        /** Writes the recipe, unless the directory belongs to one whose model or data are others. */
        static void claim(Path directory, TeacherRecipe recipe) throws IOException {
            Path file = directory.resolve(NAME);
            if (Files.exists(file)) {
                TeacherRecipe before = TeacherRecipe.parse(Files.readString(file));
                if (!before.continues(recipe)) {
                    throw new IllegalArgumentException(file
                            + ": expected the recipe given but for schedule, optimiser and watch, found another;"
                            + " use another directory");
                }
            }
            DurableFile.write(file, recipe.toJson().getBytes(StandardCharsets.UTF_8));
        }
    }
}
