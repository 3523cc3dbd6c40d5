package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's losses do not depend on how many threads share its passes, but for rounding. */
class ThreadsTest {
    @TempDir
    Path directory;

    @Test
    void threadsChangeNothingButRounding() throws IOException, InterruptedException {
        double one = lastLoss(1);
        assertThat(one).isBetween(0.5, 5.0);
        assertThat(lastLoss(2)).isCloseTo(one, within(0.005));
        assertThat(lastLoss(3)).isCloseTo(one, within(0.005));
    }

    /** Loss of a run of 20 steps, each of several passes, as its log gives it. */
    private double lastLoss(int threads) throws IOException, InterruptedException {
        TeacherRecipe recipe = TeacherRecipe.parse(SmallRecipes.json(20)
                .replace("\"passTokens\": 600", "\"passTokens\": 150")
                .replace("\"threads\": 2", "\"threads\": " + threads));
        assertThat(recipe.schedule().threads()).isEqualTo(threads);
        Path run = directory.resolve("threads-" + threads);
        new TeacherTrainer(recipe, run, progress -> {}).run();
        JsonNode last = Files.readAllLines(run.resolve("training-log.jsonl")).stream()
                .map(ThreadsTest::json)
                .filter(line -> line.path("event").asText().equals("train"))
                .reduce((before, after) -> after)
                .orElseThrow();
        return last.path("loss").path("tool-use").doubleValue();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }
}
