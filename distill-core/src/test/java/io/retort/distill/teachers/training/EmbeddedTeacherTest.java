package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.distill.teachers.NanoTeacher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The teacher that ships is the one that its recipe, log and scores tell of, and is worth distilling. */
class EmbeddedTeacherTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What scores may differ on another processor, whose rounding may turn a close decision. */
    private static final double ROUNDING = 0.01;

    @TempDir
    Path directory;

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = NanoTeacher.class.getResourceAsStream("/teachers/nano/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }

    private static Map<String, Double> accuracies(JsonNode scores) {
        Map<String, Double> accuracies = new HashMap<>();
        scores.get("domains")
                .properties()
                .forEach(domain -> accuracies.put(
                        domain.getKey(), domain.getValue().get("accuracy").doubleValue()));
        return accuracies;
    }

    @Test
    void theTestSplitIsAnsweredAsTheScoresSay() throws IOException {
        TeacherRecipe recipe = TeacherRecipe.parse(new String(resource("recipe.json"), StandardCharsets.UTF_8));
        Map<String, Double> shipped = accuracies(JSON.readTree(resource("scores.json")));
        try (NanoTeacher teacher = NanoTeacher.embedded()) {
            assertThat(teacher.description().digest())
                    .isEqualTo(
                            JSON.readTree(resource("scores.json")).get("digest").asText());
            Map<String, Double> found = accuracies(TeacherExport.scores(recipe, TrainingTexts.SUITES, teacher));
            assertThat(found)
                    .hasSize(6)
                    .allSatisfy((domain, accuracy) ->
                            assertThat(accuracy).as(domain).isCloseTo(shipped.get(domain), within(ROUNDING)));
            assertThat(found.values().stream().filter(accuracy -> accuracy >= 0.9))
                    .hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void theRecipeInTheRepositoryIsTheOneItWasTrainedBy() throws IOException {
        String shipped = new String(resource("recipe.json"), StandardCharsets.UTF_8);
        String kept = Files.readString(Path.of("..", "recipes", "nano.json"));
        assertThat(TeacherRecipe.parse(shipped).toJson())
                .isEqualTo(TeacherRecipe.parse(kept).toJson());
    }

    @Test
    void theLogEndsWhereTheRunDid() throws IOException {
        String[] lines = new String(resource("training-log.jsonl"), StandardCharsets.UTF_8).split("\n");
        JsonNode last = JSON.readTree(lines[lines.length - 1]);

        assertThat(JSON.readTree(lines[0]).get("event").asText()).isEqualTo("start");
        assertThat(last.get("event").asText()).isEqualTo("validate");
        assertThat(lines).noneMatch(line -> line.contains("left-out"));
        TeacherRecipe recipe = TeacherRecipe.parse(new String(resource("recipe.json"), StandardCharsets.UTF_8));
        assertThat(last.get("step").asInt()).isEqualTo(recipe.schedule().steps());
        assertThat(recipe.schedule().mostMinutes()).as("a bound in time").isZero();
    }
}
