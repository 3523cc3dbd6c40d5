package io.retort.distill.teachers.training;

import io.retort.datasets.tokenizers.BytePairTokenizer;
import java.io.IOException;
import java.nio.file.Path;

/** A tokenizer's two files in a run's directory. */
final class TokenizerFiles {
    private TokenizerFiles() {}

    /** What says that the tokenizer is there comes last. */
    static void write(BytePairTokenizer tokenizer, Path directory) throws IOException {
        DurableFile.write(directory.resolve(BytePairTokenizer.TOKENS_FILE), tokenizer.tiktokenFile());
        DurableFile.write(directory.resolve(BytePairTokenizer.CONFIG_FILE), tokenizer.configFile());
    }
}
