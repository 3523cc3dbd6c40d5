package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stages in one workspace, from a corpus to a bundle that answers. */
class WalkIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    static Path workspace;

    private static JsonNode generated;

    @BeforeAll
    static void walk() throws Exception {
        SharedSpark.session();
        generated = generate();
    }

    private static JsonNode generate() throws Exception {
        CommandLineRun run = Walk.run("generate", workspace, "--json", "--set", "distil.control=ce");
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    private static Path bundle() {
        return Path.of(stage(generated, "bundle").get("directory").asText());
    }

    private static JsonNode stage(JsonNode report, String job) {
        for (JsonNode stage : report.get("stages")) {
            if (stage.get("job").asText().equals(job)) {
                return stage;
            }
        }
        throw new AssertionError("no stage " + job + " in " + report);
    }

    private static Path only(Path directory, String name) throws Exception {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
        }
    }

    @Test
    void aSecondRunFindsAllDone() throws Exception {
        JsonNode again = generate();

        assertThat(again.get("completion").asText()).isEqualToIgnoringCase("already_done");
        assertThat(stage(again, "bundle").get("directory"))
                .isEqualTo(stage(generated, "bundle").get("directory"));
        assertThat(again.get("stages")).hasSize(7);
        for (JsonNode stage : again.get("stages")) {
            assertThat(stage.get("completion").asText()).as(stage.toString()).isEqualToIgnoringCase("already_done");
        }
    }

    @Test
    void theReportAndItsFiguresAreThere() throws Exception {
        Path report = only(workspace.resolve("reports"), "report.html");
        JsonNode results =
                JSON.readTree(only(workspace.resolve("reports"), "results.json").toFile());

        assertThat(Files.readString(report))
                .contains("<svg", "math", "reasoning")
                .doesNotContain("src=\"http");
        assertThat(results.get("groups").has("math")).isTrue();
    }

    @Test
    void everyExpertHasAtMostTheParametersAskedFor() throws Exception {
        JsonNode experts = stage(generated, "distil").get("experts");
        assertThat(experts).hasSize(4);
        for (JsonNode expert : experts) {
            int most = expert.get("domain").asText().equals("math") ? 20_000 : 10_000;
            assertThat(expert.get("parameters").asInt()).isBetween(most * 9 / 10, most);
        }
    }

    @Test
    void theBundleIsWholeAndItsCommandsAnswer() throws Exception {
        CommandLineRun verified = CommandLineRun.of("verify-bundle", bundle().toString());

        assertThat(verified.code()).as(verified.err()).isZero();
    }

    /** What a user of the bundle has: a JDK and one jar, which README finds by a pattern that a shell expands. */
    @Test
    void theInferenceJarAloneAnswersByTheLineOfTheReadme() throws Exception {
        Shell help = Shell.run("exec " + JAVA + " -jar inference/target/retort-inference-*.jar --help");
        Shell answer = Shell.run("exec " + JAVA + " -jar inference/target/retort-inference-*.jar infer --bundle '"
                + bundle() + "' --json '2 + 3 ='");

        assertThat(help.code()).as(help.err()).isZero();
        String jar = help.out().lines().findFirst().orElseThrow().replaceAll(".*-jar (\\S+) .*", "$1");
        assertThat(Path.of("..", "inference", "target", jar)).isRegularFile();
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(JSON.readTree(answer.out()).toString()).contains("math");
    }
}
