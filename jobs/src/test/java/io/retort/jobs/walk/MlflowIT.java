package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.inference.Retort;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.jobs.commands.CommandLineRun;
import io.retort.jobs.environments.FreePort;
import io.retort.jobs.environments.LoggedProcess;
import io.retort.jobs.mlflow.MlflowProcess;
import io.retort.jobs.mlflow.ServedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All stages with a real MLflow server: what it knows afterwards, and what it answers from the version in use. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class MlflowIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROMPTS = List.of("2 + 2 =", "Ann is taller than Bo.\nWho is taller?", "né ☃ \t");
    private static final int BYTES = 40;

    @TempDir
    static Path workspace;

    private static MlflowProcess mlflow;

    @BeforeAll
    static void walk() throws Exception {
        mlflow = MlflowProcess.shared();
        SharedSpark.session();
        CommandLineRun run = run("generate");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("MLflow");
    }

    private static CommandLineRun run(String command, String... more) throws IOException, InterruptedException {
        return Walk.run(command, workspace, words(more));
    }

    private static String[] words(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "--set",
                "mlflow.url=" + mlflow.url(),
                "--set",
                "mlflow.experiment=walk",
                "--set",
                "mlflow.patience-seconds=120",
                "--set",
                "registry.url=" + mlflow.url(),
                // A name of its own: other tests register bundles with the same server.
                "--set",
                "bundle.name=walked"));
        words.addAll(List.of(more));
        return words.toArray(new String[0]);
    }

    private static Path bundle() {
        return workspace.resolve("bundles/walked/1.0.0");
    }

    /** What MLflow's own client says, asked by a few lines of Python that print JSON. */
    private static JsonNode python(String code) throws IOException, InterruptedException {
        Path script = Files.createTempFile(workspace, "ask", ".py");
        Files.writeString(script, "import json, mlflow, pandas\nclient = mlflow.MlflowClient()\n" + code);
        String printed = LoggedProcess.run(
                mlflow.client(mlflow.environment().program("python").toString(), script.toString()),
                workspace.resolve(script.getFileName() + ".log"),
                Duration.ofMinutes(5));
        // Warnings stand before it.
        return JSON.readTree(printed.substring(printed.stripTrailing().lastIndexOf('\n') + 1));
    }

    private static final String RUNS = """
            experiment = client.get_experiment_by_name("walk")
            runs = client.search_runs([experiment.experiment_id], max_results=1000)
            """;

    @Test
    @Order(1)
    void everyJobIsARunWithParametersMetricsByStepDatasetsAndArtifacts() throws Exception {
        JsonNode runs = python(RUNS + """
                def told(run):
                    files = [f.path for d in client.list_artifacts(run.info.run_id) for f in client.list_artifacts(run.info.run_id, d.path)]
                    losses = [k for k in run.data.metrics if k == "train-loss/math"]
                    return {"status": run.info.status, "params": run.data.params, "metrics": run.data.metrics, "files": files,
                            "datasets": {d.dataset.name: d.dataset.digest for d in run.inputs.dataset_inputs},
                            "steps": [m.step for k in losses for m in client.get_metric_history(run.info.run_id, k)],
                            "tags": run.data.tags}
                print(json.dumps({run.data.tags["retort.job"]: told(run) for run in runs}))
                """);

        assertThat(runs.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("prepare", "teach", "align", "distil", "route", "evaluate", "bundle");
        assertThat(runs.findValuesAsText("status")).containsOnly("FINISHED");
        JsonNode distil = runs.get("distil");
        assertThat(distil.at("/params/experts.math.training.steps").asText("")
                        + distil.get("params").toString())
                .contains("steps");
        assertThat(distil.get("steps")).hasSizeGreaterThan(1);
        assertThat(distil.at("/datasets/byte targets").asText())
                .isEqualTo(runs.at("/align/tags/retort.output.byte targets").asText())
                .isNotEmpty();
        assertThat(runs.at("/align/datasets/logits").asText())
                .isEqualTo(runs.at("/teach/tags/retort.output.logits").asText());
        assertThat(runs.at("/teach/datasets/corpus").asText())
                .isEqualTo(runs.at("/prepare/tags/retort.output.corpus").asText());
        assertThat(runs.at("/teach/metrics").has("progress/teacherTokens")).isTrue();
        assertThat(runs.at("/evaluate/files").toString())
                .contains("report/report.html", "report/results.json", "run/provenance.json", "run/events.jsonl");
        assertThat(runs.at("/align/tags/mlflow.note.content").asText())
                .contains("from logits [")
                .contains("/runs/");
    }

    @Test
    @Order(2)
    void theVersionInUseAnswersWithTheBytesThatJavaAnswers() throws Exception {
        assertThat(run("publish").err()).contains("register walked 1.0.0");
        CommandLineRun again = run("publish");
        assertThat(again.out()).contains("the same digest is there already: walked version 1");
        CommandLineRun promoted = run("promote");
        assertThat(promoted.code()).as(promoted.err()).isZero();
        List<String> expected = new ArrayList<>();
        Retort retort = Retort.open(bundle());
        for (String prompt : PROMPTS) {
            byte[] answer = retort.generate(
                            (prompt + "\n").getBytes(StandardCharsets.UTF_8), new GenerationLimits(BYTES))
                    .generation()
                    .bytes();
            expected.add(HexFormat.of().formatHex(answer));
        }

        JsonNode loaded = python("""
                model = mlflow.pyfunc.load_model("models:/walked@champion")
                answers = model.predict(pandas.DataFrame({"prompt": %s}), params={"max_bytes": %d})
                example = model.predict(model.input_example)
                print(json.dumps({"hex": list(answers["answer_hex"]),
                                  "signature": str(model.metadata.signature), "example": len(example)}))
                """.formatted(JSON.writeValueAsString(PROMPTS), BYTES));
        assertThat(loaded.get("hex")).extracting(JsonNode::asText).isEqualTo(expected);
        assertThat(loaded.get("signature").asText()).contains("prompt", "answer", "max_bytes");
        assertThat(loaded.get("example").asInt()).isEqualTo(1);

        try (ServedModel served = ServedModel.start(mlflow, "models:/walked@champion")) {
            assertThat(served.answers(PROMPTS, BYTES)).isEqualTo(expected);
            assertThat(served.status("{\"dataframe_split\":{\"columns\":[\"promt\"],\"data\":[[\"a\"]]}}"))
                    .isEqualTo(400);
        }
    }

    @Test
    @Order(3)
    void aServerThatIsDownChangesNothingAndAReplayThatIsKilledLeavesEachRunOnce() throws Exception {
        Path other = workspace.resolve("offline");
        String[] down = {"--set", "mlflow.url=http://127.0.0.1:" + FreePort.next()};
        for (String command : List.of("prepare", "teach", "align")) {
            CommandLineRun run = Walk.run(command, other, down);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err().lines().filter(line -> line.contains("MLflow")))
                    .hasSize(1);
        }
        assertThat(waiting(other)).hasSize(3);

        Process replay = ChildProcess.start(
                Walk.words("publish", other, words("--replay", "--set", "mlflow.experiment=replayed")));
        try {
            while (waiting(other).size() == 3 && replay.isAlive()) {
                Thread.sleep(20);
            }
        } finally {
            replay.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        }
        CommandLineRun again = Walk.run("publish", other, words("--replay", "--set", "mlflow.experiment=replayed"));

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(waiting(other)).isEmpty();
        assertThat(Walk.run("publish", other, words("--replay")).out()).contains("nothing to do");
        // A draft names its experiment when it is made.
        JsonNode told = python("""
                experiment = client.get_experiment_by_name("retort")
                runs = client.search_runs([experiment.experiment_id], max_results=1000)
                print(json.dumps(sorted([run.data.tags["retort.job"], run.data.tags["retort.logged"]] for run in runs)))
                """);
        assertThat(told.toString()).isEqualTo("[[\"align\",\"true\"],[\"prepare\",\"true\"],[\"teach\",\"true\"]]");
    }

    private static List<Path> waiting(Path workspace) throws IOException {
        Path outbox = workspace.resolve("mlflow/outbox");
        if (!Files.isDirectory(outbox)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(outbox)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
