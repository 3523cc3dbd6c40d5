package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suites;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.distill.teachers.NanoTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherTrainerTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void aRunThatWasStoppedGoesOnToTheSameLossesAndATeacherThatLoads() throws Exception {
        TeacherRecipe recipe = TeacherRecipe.parse(SmallRecipes.json(40));
        Path whole = directory.resolve("whole");
        new TeacherTrainer(recipe, whole, progress -> {}).run();
        Path stopped = directory.resolve("stopped");
        TrainingListener stop = progress -> {
            if (progress.step() == 30) {
                throw new IllegalStateException("stopped by the test");
            }
        };
        assertThatThrownBy(() -> new TeacherTrainer(recipe, stopped, stop).run())
                .hasMessage("stopped by the test");
        assertThat(stopped.resolve("checkpoint.safetensors")).exists();
        new TeacherTrainer(recipe, stopped, progress -> {}).run();
        assertThat(stopped.resolve("checkpoint.safetensors")).doesNotExist();

        List<JsonNode> expected = lines(whole, "train");
        List<JsonNode> found = lines(stopped, "train");
        assertThat(lines(stopped, "resume"))
                .hasSize(1)
                .allMatch(line -> line.get("step").asInt() == 20);
        assertThat(found).hasSameSizeAs(expected).hasSize(4);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).get("tokens")).isEqualTo(expected.get(i).get("tokens"));
            assertThat(loss(found.get(i))).isCloseTo(loss(expected.get(i)), within(2e-3));
        }
        assertThat(loss(expected.get(3)))
                .as("below what the answers' tokens tell without context")
                .isLessThan(unigramEntropy(whole));

        try (NanoTeacher teacher = NanoTeacher.load(whole)) {
            assertThat(teacher.description().parameters()).isLessThan(60_000);
        }
        JsonNode scores = MAPPER.readTree(whole.resolve("scores.json").toFile());
        assertThat(scores.at("/domains/tool-use/documents").asInt()).isEqualTo(5);
        long finished =
                Files.getLastModifiedTime(whole.resolve("model.safetensors")).toMillis();
        new TeacherTrainer(recipe, whole, progress -> {}).run();
        assertThat(Files.getLastModifiedTime(whole.resolve("model.safetensors")).toMillis())
                .as("a finished run is left as it is")
                .isEqualTo(finished);
    }

    @Test
    void aDirectoryOfAnotherRecipeIsRefused() throws Exception {
        Files.writeString(
                directory.resolve("recipe.json"), SmallRecipes.json(40).replace("\"seed\": 7", "\"seed\": 8"));
        TeacherRecipe recipe = TeacherRecipe.parse(SmallRecipes.json(40));
        assertThatThrownBy(() -> new TeacherTrainer(recipe, directory, progress -> {}).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recipe.json");
    }

    private static double loss(JsonNode line) {
        return line.at("/loss/tool-use").asDouble();
    }

    private static List<JsonNode> lines(Path run, String event) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("training-log.jsonl"))) {
            JsonNode node = MAPPER.readTree(line);
            if (node.get("event").asText().equals(event)) {
                lines.add(node);
            }
        }
        return lines;
    }

    /** Nats of an answer's token, end included, when only the tokens' frequencies are known. */
    private static double unigramEntropy(Path run) throws IOException {
        BytePairTokenizer tokenizer = BytePairTokenizer.load(run);
        DocumentStream stream = new DocumentStream(Suites.named("tool-use"), Split.TRAIN, 7, 0);
        Map<Integer, Integer> counts = new HashMap<>();
        int total = 0;
        for (int i = 0; i < 300; i++) {
            int[] ids = tokenizer.encode(stream.next().answer());
            for (int id : ids) {
                counts.merge(id, 1, Integer::sum);
            }
            counts.merge(tokenizer.eos(), 1, Integer::sum);
            total += ids.length + 1;
        }
        double entropy = 0;
        for (int count : counts.values()) {
            entropy -= (double) count / total * Math.log((double) count / total);
        }
        return entropy;
    }
}
