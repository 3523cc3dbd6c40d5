package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.jobs.commands.CommandLineRun;
import io.retort.jobs.environments.PythonEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every notebook runs to its end on a small run, and stops where its figures are not the report's. */
class NotebooksIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path NOTEBOOKS = Path.of("..", "notebooks");

    @TempDir
    static Path workspace;

    @TempDir
    static Path out;

    private static PythonEnvironment environment = new PythonEnvironment(Path.of("not made yet"));

    @BeforeAll
    static void aChampionAndAChallenger() throws Exception {
        environment = PythonEnvironment.of("notebooks");
        SharedSpark.session();
        generate("distil.alpha=0.5");
        generate("distil.alpha=0.7");
    }

    private static void generate(String setting) throws Exception {
        CommandLineRun run = Walk.run("generate", workspace, "--set", setting);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static PythonTests.Outcome execute(Path read, String... names) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of(
                                environment.program("python").toString(),
                                NOTEBOOKS.resolve("execute.py").toString(),
                                out.toString()),
                        Stream.of(names))
                .toList());
        builder.environment().put("RETORT_WORKSPACE", read.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("HOME", out.toString());
        return PythonTests.run(builder.redirectErrorStream(true), out.resolve("notebooks.log"));
    }

    private static List<Path> notebooks(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theyAreKeptWithoutOutputs() throws Exception {
        assertThat(notebooks(NOTEBOOKS)).isNotEmpty();
        for (Path notebook : notebooks(NOTEBOOKS)) {
            for (JsonNode cell : JSON.readTree(notebook.toFile()).get("cells")) {
                assertThat(cell.path("outputs")).as(notebook.toString()).isEmpty();
                assertThat(cell.path("execution_count").isNull()
                                || cell.path("execution_count").isMissingNode())
                        .as(notebook.toString())
                        .isTrue();
            }
        }
    }

    @Test
    @Timeout(value = 20, unit = java.util.concurrent.TimeUnit.MINUTES)
    void theyRunOnAWorkspaceAndAgreeWithItsReport() throws Exception {
        PythonTests.Outcome outcome = execute(workspace);

        assertThat(outcome.code()).as(outcome.said()).isZero();
        assertThat(notebooks(out)).hasSameSizeAs(notebooks(NOTEBOOKS));
        for (Path notebook : notebooks(out)) {
            assertThat(Files.readString(notebook)).contains("image/png").doesNotContain("\"output_type\": \"error\"");
        }
    }

    @Test
    void aReportWhoseFiguresAreNotThoseOfItsRowsStopsTheNotebook(@TempDir Path changed) throws Exception {
        Path report = changed.resolve("reports");
        try (Stream<Path> files = Files.walk(workspace.resolve("reports"))) {
            for (Path file : files.toList()) {
                Files.copy(file, report.resolve(workspace.resolve("reports").relativize(file)));
            }
        }
        try (Stream<Path> files = Files.walk(report)) {
            for (Path file : files.filter(f -> f.endsWith("evaluation.json")).toList()) {
                ObjectNode evaluation = (ObjectNode) JSON.readTree(file.toFile());
                ObjectNode math = (ObjectNode) evaluation.get("retention").get("math");
                math.put("teacher", math.get("teacher").asDouble() + 0.01);
                JSON.writeValue(file.toFile(), evaluation);
            }
        }

        PythonTests.Outcome outcome = execute(changed, "2-distillation");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.said()).contains("AssertionError", "('math', 'teacher')");
    }
}
