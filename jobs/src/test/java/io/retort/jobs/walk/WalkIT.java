package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stages in one workspace, from a corpus to a bundle that answers. */
class WalkIT {
    private static final ObjectMapper JSON = new ObjectMapper();

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
    void everyControlThatTheReportDefinesIsComparedOnAllTestDocuments() throws Exception {
        JsonNode comparisons = JSON.readTree(
                        only(workspace.resolve("reports"), "results.json").toFile())
                .get("comparisons")
                .get("math");
        for (String model : List.of("expert", "ensemble")) {
            for (String control : List.of("majority", "uniform", "top-1", "best-single", "math-ce", "oracle")) {
                JsonNode comparison = comparisons.path(model + " − " + control);
                assertThat(comparison.path("documents").asInt())
                        .as(model + " − " + control + " in " + comparisons)
                        .isEqualTo(20);
                assertThat(comparison.has("undefined")).isFalse();
            }
        }
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

    /** What a user of the bundle has: a JDK and one jar. */
    @Test
    void theInferenceJarAloneAnswers() throws Exception {
        Path jar = jar();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "infer",
                        "--bundle",
                        bundle().toString(),
                        "--json",
                        "2 + 3 =\n")
                .redirectErrorStream(false)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(err).isZero();
        assertThat(JSON.readTree(out).toString()).contains("math");
    }

    private static Path jar() throws Exception {
        Path target = Path.of("..", "inference", "target");
        try (Stream<Path> files = Files.list(target)) {
            List<Path> jars = files.filter(
                            file -> file.getFileName().toString().matches("retort-inference-[0-9].*\\.jar"))
                    .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
                    .toList();
            assertThat(jars).as("the inference jar, which is packaged before").hasSize(1);
            return jars.get(0);
        }
    }
}
