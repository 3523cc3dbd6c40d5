package io.retort.distill.teachers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.nano.SharedFixtures;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real pretrained Llama against values of independent implementations (see the fixtures' README). */
class LlamaTeacherTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TOLERANCE = 1e-4;
    private static final String STORIES = "../data/teachers/stories260K";
    private static final String PADDED_HEADS = "stories260K-hd32";

    @TempDir
    Path directory;

    private static GenerativeTeacher open(String fixture) {
        return Teachers.open(SharedFixtures.directory(fixture));
    }

    private static float[][] score(Teacher teacher, int[] sequence) {
        float[][] scores = new float[sequence.length][];
        teacher.score(
                List.of(sequence), (s, position, logProbabilities) -> scores[position] = logProbabilities.clone());
        return scores;
    }

    @ParameterizedTest
    @CsvSource({STORIES, PADDED_HEADS})
    void goldenLogProbabilitiesAreReproduced(String fixture) throws Exception {
        JsonNode golden = JSON.readTree(
                SharedFixtures.directory(STORIES).resolve("golden.json").toFile());
        try (GenerativeTeacher teacher = open(fixture)) {
            for (JsonNode row : golden) {
                int[] ids = JSON.convertValue(row.get("ids"), int[].class);
                int[] sequence = Arrays.copyOfRange(ids, 1, ids.length);
                float[][] scores = score(teacher, sequence);
                for (int i = 0; i < sequence.length; i++) {
                    assertThat((double) -scores[i][sequence[i]])
                            .as("position %d", i)
                            .isCloseTo(row.get("nll").get(i).asDouble(), within(TOLERANCE));
                }
                float[][] after = score(teacher, Arrays.copyOf(sequence, sequence.length + 1));
                for (JsonNode top : row.get("top5_last")) {
                    assertThat((double) after[sequence.length][top.get(0).asInt()])
                            .isCloseTo(top.get(1).asDouble(), within(TOLERANCE));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({STORIES, PADDED_HEADS})
    void theLogProbabilitiesOfTransformersAreReproducedOverWindowsOf250Tokens(String fixture) throws Exception {
        Path rows = SharedFixtures.directory(STORIES).resolve("../../../fixtures/stories260K-logprobs.jsonl.gz");
        try (GenerativeTeacher teacher = open(fixture);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(rows)), StandardCharsets.UTF_8))) {
            int[] stream = JSON.convertValue(JSON.readTree(lines.readLine()).get("first_2000_stream_ids"), int[].class);
            List<int[]> windows = new ArrayList<>();
            for (int at = 0; at < stream.length; at += 250) {
                windows.add(Arrays.copyOfRange(stream, at, at + 250));
            }
            float[][] scores = new float[stream.length][];
            teacher.score(
                    windows,
                    (window, position, logProbabilities) -> scores[250 * window + position] = logProbabilities.clone());
            int compared = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = JSON.readTree(line);
                float[] found = scores[row.get("pos").asInt()];
                assertThat((double) found[row.get("id").asInt()])
                        .isCloseTo(row.get("logprob").asDouble(), within(TOLERANCE));
                for (int i = 0; i < row.get("top_ids").size(); i++) {
                    assertThat((double) found[row.get("top_ids").get(i).asInt()])
                            .isCloseTo(row.get("top_logprobs").get(i).asDouble(), within(TOLERANCE));
                }
                compared++;
            }
            assertThat(compared).isEqualTo(2000);
        }
    }

    @Test
    void decodingTokenByTokenWithTheCacheGivesTheTokensThatWholePassesGive() {
        try (GenerativeTeacher teacher = open(STORIES)) {
            Tokenizer tokenizer = teacher.tokenizer();
            List<int[]> prompts = List.of(
                    tokenizer.encode("Once upon a time, there was a little girl"),
                    tokenizer.encode("The dog"),
                    new int[0]);
            List<Generation> generations = teacher.generate(prompts, new GenerationLimits(60));
            for (int i = 0; i < prompts.size(); i++) {
                int[] ids = prompts.get(i);
                double logLikelihood = 0;
                StringBuilder text = new StringBuilder();
                while (true) {
                    float[] last = score(teacher, Arrays.copyOf(ids, ids.length + 1))[ids.length];
                    int best = 0;
                    for (int id = 1; id < last.length; id++) {
                        best = last[id] > last[best] ? id : best;
                    }
                    String piece = new String(tokenizer.bytesOf(best), StandardCharsets.UTF_8);
                    if (best == tokenizer.eos() || text.length() + piece.length() > 60) {
                        break;
                    }
                    text.append(piece);
                    logLikelihood += last[best];
                    ids = Arrays.copyOf(ids, ids.length + 1);
                    ids[ids.length - 1] = best;
                }
                String expected = prompts.get(i).length == 0 ? text.substring(1) : text.toString();
                assertThat(new String(generations.get(i).bytes(), StandardCharsets.UTF_8))
                        .isEqualTo(expected);
                assertThat(generations.get(i).logLikelihood()).isCloseTo(logLikelihood, within(1e-3));
            }
        }
    }

    @Test
    void aTextEndsWhereAnotherWouldBegin() {
        try (GenerativeTeacher teacher = open(STORIES)) {
            List<int[]> prompts = Collections.nCopies(8, new int[0]);
            long[] seeds = {1, 2, 3, 4, 5, 6, 7, 8};
            List<DrawnText> texts = teacher.sample(prompts, seeds, new Sampling(1, 1), new GenerationLimits(4096));
            // Trained on stories in a row, it never says end-of-sequence; most stories fit its context of 512 tokens.
            assertThat(texts.stream().filter(text -> text.end() == DrawnText.End.FINISHED))
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(text -> assertThat(text.bytes()).isNotEmpty());
        }
    }

    @Test
    void theDescriptionSaysWhatTheTeacherIs() {
        try (GenerativeTeacher teacher = open(STORIES)) {
            TeacherDescription description = teacher.description();
            assertThat(description.architecture()).isEqualTo("LlamaForCausalLM");
            assertThat(description.parameters()).as("as its publisher counts").isEqualTo(260_032);
            assertThat(description.contextTokens()).isEqualTo(512);
        }
    }

    private void copy(String fixture) throws Exception {
        try (var files = Files.list(SharedFixtures.directory(fixture))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void config(String from, String to) throws Exception {
        Path file = directory.resolve("config.json");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.delete(file);
        Files.writeString(file, text.replace(from, to));
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> Teachers.open(directory).close())
                .isInstanceOf(InvalidDataException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words).contains(directory.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hidden_act\": \"silu\" | \"hidden_act\": \"gelu\" | hidden_act: expected silu",
                "\"rope_theta\": 10000.0 | \"rope_theta\": 1e4, \"rope_scaling\": {\"rope_type\": \"longrope\"} | rope_scaling",
                "\"rope_theta\": 10000.0 | \"rope_theta\": 1e4, \"rope_scaling\": {\"rope_type\": \"llama3\"} | factor",
                "\"rope_theta\": 10000.0 | \"rope_theta\": 1e4, \"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 0.5} | at least 1",
                "\"model_type\": \"llama\" | \"model_type\": \"mamba\" | found \"mamba\"",
                "\"vocab_size\": 512 | \"vocab_size\": 513 | expected a tokenizer of 513 ids",
                "\"num_hidden_layers\": 5 | \"num_hidden_layers\": 6 | tensor model.layers.5.input_layernorm.weight",
                "\"num_hidden_layers\": 5 | \"num_hidden_layers\": 4 | tensor model.layers.4.",
                "\"intermediate_size\": 172 | \"intermediate_size\": 171 | mlp.gate_proj.weight: expected shape",
                "\"num_key_value_heads\": 4 | \"num_key_value_heads\": 3 | num_key_value_heads",
                "\"tie_word_embeddings\": true | \"tie_word_embeddings\": false | tensor lm_head.weight",
                "\"eos_token_id\": 2 | \"eos_token_id\": 5 | 1 and 5 as beginning and end",
                "\"rms_norm_eps\": 1e-05 | \"rms_norm_eps\": 1e-05, \"quantization_config\": {\"quant_method\": \"gptq\"} | quant_method",
            })
    void aConfigThatIsAnotherModelsIsRefusedByTheFieldOrTensor(String from, String to, String words) throws Exception {
        copy(STORIES);
        config(from.trim(), to.trim());
        assertRefused(words.trim());
    }

    @Test
    void aDirectoryWithoutATokenizerOrWithWeightsCutOffIsRefused() throws Exception {
        copy(STORIES);
        Path weights = directory.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.delete(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length - 1));
        assertRefused("model.safetensors", "bytes of data");
        Files.delete(directory.resolve("tok512.bin"));
        assertRefused("expected a tokenizer");
    }

    @Test
    void weightsThatAreFiniteAndOverflowAreFoundBeforeWorkStarts() throws Exception {
        copy(STORIES);
        Path weights = directory.resolve("model.safetensors");
        byte[] file = Files.readAllBytes(weights);
        // The last tensors of the file, whatever they are: every float becomes 3e38.
        for (int at = file.length - 4; at > file.length - 400_000; at -= 4) {
            file[at] = 0x77;
            file[at + 1] = (byte) 0xB5;
            file[at + 2] = 0x61;
            file[at + 3] = 0x7F;
        }
        Files.delete(weights);
        Files.write(weights, file);
        assertRefused("expected finite logits");
    }
}
