package io.retort.distill.teachers;

import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.datasets.tokenizers.BytePairTrainer;
import io.retort.datasets.tokenizers.PiecePatterns;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.SmallModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Teacher directories with random weights; a test reads and writes them, none expects sense of them. */
final class SmallTeachers {
    private SmallTeachers() {}

    /** Writes a teacher with a context of 64 tokens. */
    static void write(Path directory, long seed) throws IOException {
        BytePairTrainer trainer = new BytePairTrainer(270, PiecePatterns.RETORT);
        for (int i = 0; i < 20; i++) {
            trainer.add("the quick brown fox and the lazy dog " + i);
        }
        BytePairTokenizer tokenizer = trainer.train();
        tokenizer.save(directory);
        NanoConfig config = SmallModels.config(tokenizer.vocabularySize(), 0, NanoConfig.Head.TIED);
        NanoCheckpoint checkpoint = new NanoCheckpoint(config, SmallModels.tensors(config, seed));
        Files.write(directory.resolve("config.json"), checkpoint.configFile());
        Files.write(directory.resolve("model.safetensors"), checkpoint.weightsFile());
    }
}
