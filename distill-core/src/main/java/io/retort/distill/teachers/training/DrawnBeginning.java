package io.retort.distill.teachers.training;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.datasets.tokenizers.BytePairTrainer;
import io.retort.datasets.tokenizers.PiecePatterns;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new teacher: random weights, and a tokenizer that is trained on the train split. */
record DrawnBeginning(TeacherRecipe recipe, TrainingTexts texts) implements Beginning {
    private static final Logger LOG = LoggerFactory.getLogger(DrawnBeginning.class);

    @Override
    public BytePairTokenizer tokenizer(Path directory) throws IOException {
        if (Files.exists(directory.resolve(BytePairTokenizer.CONFIG_FILE))) {
            return BytePairTokenizer.load(directory);
        }
        LOG.info(
                "training the tokenizer on {} documents a domain",
                recipe.tokenizer().sampleDocuments());
        BytePairTrainer trainer = new BytePairTrainer(recipe.tokenizer().ranks(), PiecePatterns.RETORT);
        for (TeacherRecipe.Ingredient ingredient : recipe.mixture()) {
            DocumentStream stream = texts.stream(ingredient.domain(), Split.TRAIN, recipe.seed(), 0);
            for (int i = 0; i < recipe.tokenizer().sampleDocuments(); i++) {
                trainer.add(stream.next().text());
            }
        }
        BytePairTokenizer tokenizer = trainer.train();
        TokenizerFiles.write(tokenizer, directory);
        return tokenizer;
    }

    @Override
    public Map<String, Tensor> weights(NanoConfig config) {
        return new WeightInitialiser(recipe.initialisation(), recipe.seed()).tensors(config);
    }

    @Override
    public String identity() {
        return "";
    }
}
