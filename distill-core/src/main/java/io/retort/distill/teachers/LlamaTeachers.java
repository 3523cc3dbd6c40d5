package io.retort.distill.teachers;

import ai.djl.ndarray.NDManager;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.tokenizers.Llama2cTokenizer;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.causal.CachingDecoder;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.distill.teachers.checkpoints.ConfigFields;
import io.retort.distill.teachers.llama.LlamaConfig;
import io.retort.distill.teachers.llama.LlamaConfigJson;
import io.retort.distill.teachers.llama.LlamaModel;
import io.retort.distill.teachers.tokenizers.HuggingFaceFileTokenizer;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens directories of the Llama architecture, with a tokenizer.json or a tokenizer of llama2.c. */
final class LlamaTeachers {
    private static final String TOKENIZER_FILE = "tokenizer.json";
    private static final String TOKENIZER_CONFIG_FILE = "tokenizer_config.json";
    private static final String LLAMA2C_FILES = "tok*.bin";

    private LlamaTeachers() {}

    static GenerativeTeacher load(Path directory, byte[] configFile) {
        NativeEngine.prepare();
        String where = directory.toString();
        LlamaConfig config = config(configFile, where);
        Tokenizer tokenizer = tokenizer(directory);
        DecoderTeacher.requireTokenizer(tokenizer, config.vocabularySize(), config.bos(), config.eos(), where);
        NDManager manager = NDManager.newBaseManager();
        try (CheckpointFiles files = CheckpointFiles.open(directory)) {
            long parameters = LlamaModel.parameters(config);
            String parts = Sha256.hex(configFile) + files.digest() + tokenizer.digest();
            TeacherDescription description = new TeacherDescription(
                    Teachers.nameOf(directory),
                    LlamaModel.ARCHITECTURE,
                    Sha256.hex(parts.getBytes(StandardCharsets.US_ASCII)),
                    parameters,
                    parameters,
                    config.contextTokens());
            LlamaModel model = LlamaModel.load(config, files, manager);
            DecoderTeacher teacher =
                    new DecoderTeacher(manager, model, new CachingDecoder(model, tokenizer), tokenizer, description);
            teacher.requireFiniteLogits(where);
            return teacher;
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static LlamaConfig config(byte[] file, String where) {
        try {
            return LlamaConfigJson.parse(file);
        } catch (InvalidDataException e) {
            throw new InvalidDataException(where + ": " + e.getMessage(), e);
        }
    }

    /** The tokenizer of a directory that has a tokenizer.json or one of llama2.c. */
    static Tokenizer tokenizer(Path directory) {
        if (Files.exists(directory.resolve(TOKENIZER_FILE))) {
            return HuggingFaceFileTokenizer.parse(
                    CheckpointFiles.file(directory, TOKENIZER_FILE, HuggingFaceFileTokenizer.MOST_BYTES),
                    CheckpointFiles.file(directory, TOKENIZER_CONFIG_FILE, ConfigFields.MOST_BYTES),
                    directory.toString());
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, LLAMA2C_FILES)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": " + e.getMessage(), e);
        }
        if (names.size() != 1) {
            throw new InvalidDataException(directory + ": expected a tokenizer, " + TOKENIZER_FILE + " or one file "
                    + LLAMA2C_FILES + " of llama2.c, found " + (names.isEmpty() ? "none" : names));
        }
        String name = names.get(0);
        return Llama2cTokenizer.parse(
                CheckpointFiles.file(directory, name, Llama2cTokenizer.MOST_BYTES),
                directory.resolve(name).toString());
    }
}
