package io.retort.distill.teachers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused by its name when a directory of an exported model is opened. */
class RefusedExportsTest {
    @TempDir
    Path directory;

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> Teachers.open(directory).close())
                .isInstanceOf(InvalidDataException.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .contains(words)
                        .contains(directory.toString())
                        .doesNotContain("\n"));
    }

    private void write(String... models) throws Exception {
        ExportedDirectories.write(directory, models);
    }

    @Test
    void severalModelsAreRefused() throws Exception {
        write("causal.pt", "causal.onnx");
        assertRefused("expected one model", "causal.onnx and causal.pt");
    }

    @Test
    void aCheckpointBesideAnExportIsRefusedAndAnotherFilesSuffixIsNot() throws Exception {
        write("causal.pt");
        Files.write(directory.resolve("model.safetensors"), new byte[8]);
        assertRefused("config.json: expected model_type");
        Files.move(directory.resolve("causal.pt"), directory.resolve("model.pt"));
        assertRefused("expected one model", "model.pt and weights in safetensors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "needs-mask.pt | attention_mask",
                "needs-cache.onnx | input past: expected input_ids, attention_mask or position_ids",
                "external.onnx | external data: expected a file external.onnx.data beside it, found none",
            })
    void aModelThatNeedsMoreThanThereIsIsRefused(String model, String words) throws Exception {
        write(model);
        assertRefused(model, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "causal.pt | \"vocab_size\": 295 | \"vocab_size\": 296 | expected a tokenizer of 296 ids",
                "causal.pt | \"eos_token_id\": 294 | \"eos_token_id\": 2 | 293 and 2 as beginning and end",
                "causal.pt | \"bos_token_id\": 293, | | bos_token_id: expected an integer, found nothing",
                "causal.pt | \"max_position_embeddings\": 32 | \"max_position_embeddings\": 33 | ids of shape (1, 33), found: ",
                "causal.onnx | \"max_position_embeddings\": 32 | \"max_position_embeddings\": 33 | ids of shape (1, 33), found: ",
                "causal.onnx | \"max_position_embeddings\": 32 | \"max_position_embeddings\": 9999999 | expected at most 1819901 positions",
                "causal.onnx | {\"vocab_size\" | {\"export\": {\"ids\": \"tokens\"}, \"vocab_size\" | input input_ids: expected tokens",
                "causal.onnx | {\"vocab_size\" | {\"export\": {\"logits\": \"scores\"}, \"vocab_size\" | expected an output scores, found logits",
                "causal.onnx | {\"vocab_size\" | {\"export\": {\"score\": \"x\"}, \"vocab_size\" | export: expected name, ids, mask, positions, logits, found score",
                "causal.onnx | {\"vocab_size\" | {\"export\": {\"name\": 5}, \"vocab_size\" | export.name: expected a name, found 5",
            })
    void aConfigThatIsAnotherModelsIsRefusedByTheField(String model, String from, String to, String words)
            throws Exception {
        write(model.trim());
        ExportedDirectories.replace(directory.resolve("config.json"), from.trim(), to == null ? "" : to.trim());
        assertRefused(words.trim());
    }

    @ParameterizedTest
    @CsvSource({"causal.pt, TorchScript", "causal.onnx, ONNX"})
    void aFileThatIsCutAnywhereIsRefused(String model, String words) throws Exception {
        write(model);
        byte[] whole = Files.readAllBytes(directory.resolve(model));
        for (int length : new int[] {0, 1, 100, whole.length / 3, whole.length - 300, whole.length - 1}) {
            Files.write(directory.resolve(model), Arrays.copyOf(whole, length));
            assertRefused(model, words);
        }
    }

    @Test
    void dataThatIsCutIsRefused() throws Exception {
        write("external.onnx", "external.onnx.data");
        Path data = directory.resolve("external.onnx.data");
        byte[] whole = Files.readAllBytes(data);
        Files.write(data, Arrays.copyOf(whole, whole.length - 1));
        assertRefused("external.onnx.data", "expected at least", "found " + (whole.length - 1));
    }

    @Test
    void aDirectoryWithoutATokenizerOrConfigIsRefused() throws Exception {
        write("causal.pt");
        Files.delete(directory.resolve("tokenizer.json"));
        assertRefused("expected a tokenizer");
        Files.delete(directory.resolve("config.json"));
        assertRefused("config.json", "expected a file, found none");
        Files.delete(directory.resolve("causal.pt"));
        assertRefused("config.json", "expected a file, found none");
        Files.delete(directory.resolve("tokenizer_config.json"));
        Files.delete(directory);
        assertRefused("config.json", "expected a file, found none");
    }
}
