package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Domains whose documents come from files. */
class SourcesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLE = Path.of("..", "examples", "real-data.conf");

    @TempDir
    Path directory;

    @BeforeAll
    static void session() {
        SharedSpark.session();
    }

    private static JsonNode run(String command, Path workspace, String... more) throws Exception {
        String[] words = Stream.concat(Stream.of(more), Stream.of("--json")).toArray(String[]::new);
        CommandLineRun run = Walk.run(command, workspace, words);
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    private Path notes(int records) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < records; i++) {
            lines.append("{\"q\": \"Say ")
                    .append(i)
                    .append("\", \"a\": \"")
                    .append(i % 7)
                    .append("\"}\n");
        }
        // A copy, an empty answer and broken JSON.
        lines.append("{\"q\": \"Say 3\", \"a\": \"3\"}\n{\"q\": \"Say nothing\", \"a\": \"\"}\n{\"q\": \n");
        return Files.writeString(directory.resolve("notes.jsonl"), lines);
    }

    private static String[] settings(Path file) {
        return new String[] {
            "--set",
            "domains=[notes]",
            "--set",
            "domain.notes.sources=[{task = say, format = jsonl, prompt = \"{q}\\n\", answer = \"{a}\", path = \"" + file
                    + "\"}]"
        };
    }

    @Test
    void aDomainOfOnesOwnGoesAllTheWay() throws Exception {
        Path workspace = directory.resolve("workspace");
        JsonNode prepared = run("prepare", workspace, settings(notes(400)));

        JsonNode corpus = prepared.get("corpus");
        assertThat(corpus.get("duplicates").get("notes").asInt()).isEqualTo(1);
        assertThat(corpus.get("rejected")).hasSize(2);
        assertThat(corpus.get("counts"))
                .isNotEmpty()
                .allSatisfy(count -> assertThat(count.get("task").asText()).isEqualTo("say"));
        assertThat(Path.of(prepared.get("location").asText()).resolve("rejected.jsonl"))
                .content()
                .contains("notes.jsonl:402", "notes.jsonl:403");

        JsonNode generated = run("generate", workspace, settings(directory.resolve("notes.jsonl")));
        assertThat(generated.get("stages")).hasSize(7);
    }

    @Test
    void theCorpusFollowsTheFilesContentAndNotTheirPlace() throws Exception {
        Path workspace = directory.resolve("workspace");
        Path file = notes(200);
        String id = run("prepare", workspace, settings(file)).get("id").asText();
        Path moved = Files.createDirectory(directory.resolve("elsewhere")).resolve("notes.jsonl");
        Files.move(file, moved);

        JsonNode again = run("prepare", workspace, settings(moved));
        assertThat(again.get("id").asText()).isEqualTo(id);
        assertThat(again.get("completion").asText()).isEqualToIgnoringCase("already_done");

        Files.writeString(moved, Files.readString(moved) + "{\"q\": \"One more\", \"a\": \"1\"}\n");
        assertThat(run("prepare", workspace, settings(moved)).get("id").asText())
                .isNotEqualTo(id);
    }

    @Test
    void theExampleOfRealDataMakesACorpus() throws Exception {
        Optional<Path> data = data();
        assumeTrue(data.isPresent(), "left out: no public data sets beside the project");
        JsonNode prepared = run(
                "prepare",
                directory.resolve("workspace"),
                "--config",
                EXAMPLE.toString(),
                "--set",
                "data=" + data.orElseThrow(),
                "--set",
                "domains=[reasoning, coding, language, tool-use, math, context]");

        List<String> tasks = prepared.get("corpus").get("counts").findValuesAsText("task");
        assertThat(tasks).contains("babi-1", "mbpp", "tinystories", "simple", "gsm8k", "svamp", "key-value");
    }

    /** The folder of public data sets beside the project or beside a folder that holds it. */
    private static Optional<Path> data() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/data"))) {
                return Optional.of(at.resolve("shared/data"));
            }
        }
        return Optional.empty();
    }
}
