package io.retort.distill.teachers;

import ai.djl.ndarray.NDManager;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.causal.WholePassDecoder;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.distill.teachers.checkpoints.ConfigFields;
import io.retort.distill.teachers.exported.ExportedConfig;
import io.retort.distill.teachers.exported.ExportedFile;
import io.retort.distill.teachers.exported.ExportedModel;
import io.retort.inference.digests.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens directories of an exported model, a config.json and a tokenizer of any kind. */
final class ExportedTeachers {
    private static final String CONFIG_FILE = "config.json";
    private static final String TOKENIZER_CONFIG_FILE = "tokenizer_config.json";

    private ExportedTeachers() {}

    static GenerativeTeacher load(ExportedFile file) {
        NativeEngine.prepare();
        Path directory = file.directory();
        byte[] configFile = CheckpointFiles.file(directory, CONFIG_FILE, ConfigFields.MOST_BYTES);
        ExportedConfig config =
                ExportedConfig.parse(configFile, directory.resolve(CONFIG_FILE).toString());
        Tokenizer tokenizer = Teachers.tokenizer(directory);
        DecoderTeacher.requireTokenizer(
                tokenizer, config.vocabularySize(), config.bos(), config.eos(), directory.toString());
        String parts = Sha256.hex(configFile) + file.digest() + tokenizer.digest() + tokenizerConfigDigest(directory);
        TeacherDescription description = new TeacherDescription(
                config.name().orElse(Teachers.nameOf(directory)),
                file.format() == ExportedFile.Format.ONNX ? "ONNX" : "TorchScript",
                Sha256.hex(parts.getBytes(StandardCharsets.US_ASCII)),
                0,
                0,
                config.contextTokens());
        NDManager manager = NDManager.newBaseManager();
        try {
            ExportedModel model = ExportedModel.load(file, config, NativeEngine.threads(), manager);
            return new DecoderTeacher(manager, model, new WholePassDecoder(model, tokenizer), tokenizer, description);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** A tokenizer's own digest covers its vocabulary's file and, of this one, what is read. */
    private static String tokenizerConfigDigest(Path directory) {
        return Files.exists(directory.resolve(TOKENIZER_CONFIG_FILE))
                ? Sha256.hex(CheckpointFiles.file(directory, TOKENIZER_CONFIG_FILE, ConfigFields.MOST_BYTES))
                : "";
    }
}
