package io.retort.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.tasks.TaskOutcome;
import io.retort.inference.Retort;
import io.retort.inference.scoring.ContextUse;
import io.retort.inference.server.RetortServer;
import io.retort.inference.server.ServerSettings;
import io.retort.jobs.JobRunner;
import io.retort.jobs.walk.SharedSpark;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same task files over the same bundle, by lm-evaluation-harness through HTTP and by ours in Spark: the same prompts with the
 * same examples, log-likelihoods within 1e-3 (in fact to the last digits), answers byte by byte, and aggregates.
 *
 * <p>Where ../shared/data is, tasks over public data are among them; they are left out, and that is said, where it is not.
 */
class HarnessIT {
    private static final Path SHARED =
            Path.of("../../shared/data").toAbsolutePath().normalize();
    /** Sums of the harness round at each document, ours once: they differ in the last digits of a double. */
    private static final double ROUNDING = 1e-12;

    @TempDir
    Path root = Path.of("");

    @Test
    void everyDocumentAndEveryAggregateIsTheHarness() throws IOException, InterruptedException {
        Path bundle = TinyBundle.in(root.resolve("bundles"));
        HarnessTasks tasks = new HarnessTasks(root.resolve("tasks"));
        tasks.generated();
        if (Files.isDirectory(SHARED)) {
            tasks.real(SHARED);
        } else {
            System.err.println("HarnessIT: no " + SHARED + ": tasks over public data are left out");
        }
        TasksReport ours = ours(bundle);
        Harness harness = harness(bundle, tasks.names());

        for (String task : tasks.names()) {
            compareRows(
                    task,
                    outcomes(ours, task),
                    Objects.requireNonNull(harness.samples().get(task)));
            compareAggregates(
                    task,
                    ours.results().get("results").get(task),
                    harness.results().get("results").get(task));
        }
        JsonNode results = read(ours);
        for (String member : List.of("n-shot", "n-samples", "higher_is_better", "versions")) {
            assertThat(results.get(member))
                    .as(member)
                    .isEqualTo(harness.results().get(member));
        }
    }

    /** As it stands in the file. */
    private static JsonNode read(TasksReport report) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(Path.of(report.location(), "results.json")));
    }

    private TasksReport ours(Path bundle) throws IOException, InterruptedException {
        TaskRun run = new TaskRun(
                Workspace.at(root.resolve("workspace").toString()), 1, Long.MAX_VALUE, BootstrapSettings.DEFAULT);
        TasksSpec spec = run.ofBundle(root.resolve("tasks"), bundle, Optional.empty(), ContextUse.ONLY_READ);
        return JobRunner.run(SharedSpark.session(), new TasksJob(), spec);
    }

    private Harness harness(Path bundle, List<String> names) throws IOException, InterruptedException {
        try (RetortServer server =
                new RetortServer(Retort.open(bundle), ServerSettings.at(new InetSocketAddress("127.0.0.1", 0)))) {
            return Harness.run(root.resolve("tasks"), names, server.port(), root);
        }
    }

    private static List<TaskOutcome> outcomes(TasksReport report, String task) throws IOException {
        Storage storage = Storage.local();
        List<TaskOutcome> outcomes = new ArrayList<>();
        Location samples = new Location(report.location()).resolve("samples").resolve("task=" + task);
        for (Location file : storage.filesBelow(samples, ".parquet")) {
            outcomes.addAll(TaskOutcomeFile.read(storage, file));
        }
        outcomes.sort(Comparator.comparing(TaskOutcome::document).thenComparing(TaskOutcome::filter));
        return outcomes;
    }

    private static void compareRows(String task, List<TaskOutcome> ours, List<JsonNode> theirs) {
        assertThat(ours).as(task).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            TaskOutcome mine = ours.get(i);
            JsonNode other = theirs.get(i);
            String where = task + " " + mine.document() + " " + mine.filter();
            assertThat(other.get("doc_id").longValue()).as(where).isEqualTo(mine.document());
            assertThat(other.get("filter").textValue()).as(where).isEqualTo(mine.filter());
            if (mine.logLikelihoods().isEmpty()) {
                assertThat(mine.prompt()).as(where).isEqualTo(argument(other, 0));
                assertThat(mine.response().written())
                        .as(where)
                        .isEqualTo(other.at("/resps/0/0").textValue());
                assertThat(mine.response().filtered())
                        .as(where)
                        .isEqualTo(other.at("/filtered_resps/0").textValue());
            } else {
                compareLikelihoods(where, mine, other);
            }
        }
    }

    /** The harness logs arguments as gen_args_0.arg_0 and so on. */
    private static String argument(JsonNode sample, int instance) {
        return sample.at("/arguments/gen_args_" + instance + "/arg_0").textValue();
    }

    private static void compareLikelihoods(String where, TaskOutcome mine, JsonNode other) {
        JsonNode responses = other.get("filtered_resps");
        assertThat(mine.logLikelihoods()).as(where).hasSize(responses.size());
        for (int c = 0; c < responses.size(); c++) {
            JsonNode response = responses.get(c);
            boolean rolling = mine.prompt().isEmpty();
            assertThat(rolling ? mine.target() : mine.prompt()).as(where).isEqualTo(argument(other, c));
            double expected = Double.parseDouble((rolling ? response : response.get(0)).asText());
            assertThat(mine.logLikelihoods().get(c)).as(where + " choice " + c).isCloseTo(expected, within(1e-3));
            boolean asked = mine.metrics().keySet().stream()
                    .anyMatch(metric -> metric.name().equals("EXACT_MATCH"));
            if (asked || !rolling && responses.size() == 1) {
                assertThat(mine.greedy().get(c))
                        .as(where + " choice " + c)
                        .isEqualTo(response.get(1).asText().equals("True"));
            }
        }
    }

    private static void compareAggregates(String task, JsonNode ours, JsonNode theirs) {
        for (Map.Entry<String, JsonNode> figure : theirs.properties()) {
            String key = figure.getKey();
            if (!key.contains(",") || key.contains("_stderr")) {
                continue;
            }
            double expected = figure.getValue().doubleValue();
            double found = ours.get(key).doubleValue();
            boolean counted = key.startsWith("acc") || key.startsWith("exact_match");
            if (counted) {
                assertThat(found).as(task + " " + key).isEqualTo(expected);
            } else {
                assertThat(found).as(task + " " + key).isCloseTo(expected, within(ROUNDING * Math.abs(expected)));
            }
            System.err.println("HarnessIT: " + task + " " + key + " ours " + found + " harness " + expected
                    + (found == expected ? ", equal" : ", differs by " + (found - expected)));
        }
    }
}
