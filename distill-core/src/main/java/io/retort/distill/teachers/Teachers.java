package io.retort.distill.teachers;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.distill.teachers.checkpoints.ConfigFields;
import io.retort.distill.teachers.checkpoints.JsonFiles;
import io.retort.distill.teachers.exported.ExportedFile;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens teachers by what their directories say they are. */
public final class Teachers {
    private Teachers() {}

    /**
     * Opens a directory of a model that is computed in this process: a Hugging Face checkpoint of the architecture of
     * DeepSeek-V3 or Kimi-K2, or of Llama, or any model that was exported to TorchScript or ONNX. What can be wrong with it
     * is found here, before work starts.
     *
     * @throws InvalidDataException by name, when the architecture is another, a file is missing, damaged or does not
     *     belong to the others, there are several models, or the model gives no finite numbers
     * @throws UncheckedIOException when a file cannot be read
     */
    public static GenerativeTeacher open(Path directory) {
        Optional<ExportedFile> exported = ExportedFile.in(directory);
        if (exported.isPresent()) {
            return ExportedTeachers.load(exported.get());
        }
        byte[] file = CheckpointFiles.file(directory, NanoCheckpoint.CONFIG_FILE, ConfigFields.MOST_BYTES);
        String where = directory.resolve(NanoCheckpoint.CONFIG_FILE).toString();
        JsonNode config = JsonFiles.object(file, where);
        String type = config.path("model_type").asText();
        String architecture = config.path("architectures").path(0).asText();
        return switch (type.isEmpty() ? architecture : type) {
            case "deepseek_v3", "kimi_k2", "DeepseekV3ForCausalLM" -> NanoTeacher.load(directory);
            case "llama", "LlamaForCausalLM" -> LlamaTeachers.load(directory, file);
            default ->
                throw new InvalidDataException(where + ": expected model_type deepseek_v3, kimi_k2 or llama, found \""
                        + type + "\" with architecture \"" + architecture
                        + "\"; another model opens when it is exported to TorchScript or ONNX");
        };
    }

    /**
     * Opens the tokenizer of a directory: tiktoken.model, or else tokenizer.json, or else llama2.c's.
     *
     * @throws InvalidDataException when there is none, or it is damaged
     * @throws UncheckedIOException when a file cannot be read
     */
    public static Tokenizer tokenizer(Path directory) {
        try {
            return Files.exists(directory.resolve(BytePairTokenizer.TOKENS_FILE))
                    ? BytePairTokenizer.load(directory)
                    : LlamaTeachers.tokenizer(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": " + e.getMessage(), e);
        }
    }

    /** The short name of a teacher in a directory: the directory's own. */
    static String nameOf(Path directory) {
        Path fileName = directory.toAbsolutePath().normalize().getFileName();
        return fileName == null ? "teacher" : fileName.toString();
    }
}
