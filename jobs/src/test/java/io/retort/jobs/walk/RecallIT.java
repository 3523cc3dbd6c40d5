package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of the domain context tells what its expert recalls by length and depth. */
class RecallIT {
    @TempDir
    static Path workspace;

    @Test
    void theExpertOfContextIsAskedInShortPromptsAndInLongOnes() throws Exception {
        SharedSpark.session();
        CommandLineRun run = Walk.run(
                "generate",
                workspace,
                "--json",
                "--set",
                "domains=[math,reasoning,context]",
                "--set",
                "domain.context.documents.train=40",
                "--set",
                "domain.context.training.steps=4",
                "--set",
                "domain.context.training.batch-symbols=1024");
        assertThat(run.code()).as(run.err()).isZero();
        ObjectMapper json = new ObjectMapper();
        String id = "";
        for (JsonNode stage : json.readTree(run.out()).get("stages")) {
            id = stage.get("job").asText().equals("evaluate") ? stage.get("id").asText() : id;
        }
        Path report = workspace.resolve("reports").resolve(id);
        JsonNode recall = json.readTree(report.resolve("results.json").toFile()).get("recall");

        assertThat(recall.get("expert").asText()).isEqualTo("context");
        // 128 to 400 bytes of the 20 test documents, 40 prompts of each length from 512 to 32,768 bytes.
        long asked = 0;
        for (JsonNode length : recall.get("lengths")) {
            for (JsonNode count : length.get("asked")) {
                asked += count.asLong();
            }
        }
        assertThat(asked).isEqualTo(20 + 6 * 40);
        assertThat(recall.at("/lengths/0/from_bytes").asLong()).isLessThanOrEqualTo(128);
        assertThat(Files.readString(report.resolve("report.html"))).contains("id=\"recall\"", ">16K–32K<");
    }
}
