package io.retort.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.UnsuitableTeacherException;
import io.retort.distill.teachers.served.EndpointSettings;
import io.retort.distill.teachers.served.Traffic;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.tasks.TaskOutcome;
import io.retort.inference.Retort;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.files.BundleSigner;
import io.retort.inference.scoring.ContextUse;
import io.retort.inference.server.RetortServer;
import io.retort.inference.server.ServerSettings;
import io.retort.inference.signing.SigningKey;
import io.retort.jobs.JobRunner;
import io.retort.jobs.failures.ExitCode;
import io.retort.jobs.failures.Failure;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.walk.SharedSpark;
import io.retort.jobs.walk.TinyTeacher;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same tasks for a bundle, for one behind HTTP, and for a teacher; stopped and gone on with. */
class TaskModelsIT {
    private static final Traffic TRAFFIC = new Traffic(4, 3, Duration.ofSeconds(60), Duration.ofMillis(100), "");

    @TempDir
    Path root = Path.of("");

    private Path bundle = Path.of("");

    @BeforeEach
    void aBundleAndTasks() throws IOException {
        bundle = TinyBundle.in(root.resolve("bundles"));
        HarnessTasks tasks = new HarnessTasks(root.resolve("tasks"));
        tasks.generated();
        tasks.greedy(Retort.open(bundle));
    }

    private TaskRun run(long limit) {
        return new TaskRun(Workspace.at(root.resolve("workspace").toString()), 1, limit, BootstrapSettings.DEFAULT);
    }

    private static TasksReport report(TasksSpec spec) throws IOException, InterruptedException {
        return JobRunner.run(SharedSpark.session(), new TasksJob(), spec);
    }

    private TasksSpec ofBundle(long limit) throws IOException {
        return run(limit).ofBundle(root.resolve("tasks"), bundle, Optional.empty(), ContextUse.ONLY_READ);
    }

    private static List<Path> files(TasksReport report) throws IOException {
        return Storage.local().filesBelow(new Location(report.location()).resolve("samples"), ".parquet").stream()
                .map(file -> Path.of(file.value()))
                .sorted()
                .toList();
    }

    /** By task, document and filter. */
    private static Map<String, TaskOutcome> outcomes(TasksReport report) throws IOException {
        Map<String, TaskOutcome> outcomes = new TreeMap<>();
        for (Path file : files(report)) {
            for (TaskOutcome outcome : TaskOutcomeFile.read(Storage.local(), new Location(file.toString()))) {
                outcomes.put(
                        Objects.requireNonNull(file.getParent()).getFileName() + " " + outcome.document() + " "
                                + outcome.filter(),
                        outcome);
            }
        }
        return outcomes;
    }

    @Test
    void aBundleBehindHttpIsGivenTheFiguresThatItHasHere() throws IOException, InterruptedException {
        Map<String, TaskOutcome> here = outcomes(report(ofBundle(Long.MAX_VALUE)));

        Map<String, TaskOutcome> there;
        try (RetortServer server =
                new RetortServer(Retort.open(bundle), ServerSettings.at(new InetSocketAddress("127.0.0.1", 0)))) {
            URI url = URI.create("http://127.0.0.1:" + server.port());
            there = outcomes(report(
                    run(Long.MAX_VALUE).ofEndpoint(root.resolve("tasks"), new EndpointSettings(url, "tiny", TRAFFIC))));
        }

        assertThat(there.keySet()).isEqualTo(here.keySet()).hasSizeGreaterThan(150);
        int greedy = 0;
        for (Map.Entry<String, TaskOutcome> each : here.entrySet()) {
            TaskOutcome mine = each.getValue();
            TaskOutcome other = Objects.requireNonNull(there.get(each.getKey()));
            assertThat(other.prompt()).as(each.getKey()).isEqualTo(mine.prompt());
            assertThat(other.response()).as(each.getKey()).isEqualTo(mine.response());
            for (int c = 0; c < mine.logLikelihoods().size(); c++) {
                assertThat(other.logLikelihoods().get(c))
                        .as(each.getKey())
                        .isCloseTo(mine.logLikelihoods().get(c), within(1e-3));
            }
            if (each.getKey().startsWith("task=made_greedy")) {
                assertThat(other.greedy()).as(each.getKey()).isEqualTo(mine.greedy());
                greedy += mine.greedy().get(0) ? 1 : 0;
            }
        }
        assertThat(greedy).isPositive();
    }

    @Test
    void aModelThatTheServerLacksIsRefusedByName() throws IOException {
        try (RetortServer server =
                new RetortServer(Retort.open(bundle), ServerSettings.at(new InetSocketAddress("127.0.0.1", 0)))) {
            URI url = URI.create("http://127.0.0.1:" + server.port());
            assertThatThrownBy(
                            () -> run(1).ofEndpoint(root.resolve("tasks"), new EndpointSettings(url, "other", TRAFFIC)))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("\"other\"")
                    .hasMessageContaining("tiny/one");
        }
    }

    @Test
    void aTextThatIsNotAnsweredIsNamed() throws IOException {
        Files.createDirectories(root.resolve("long"));
        HarnessTasks tasks = new HarnessTasks(root.resolve("long"));
        Path data = tasks.data("texts", List.of(Map.of("t", "short"), Map.of("t", "long ".repeat(400_000))));
        tasks.task("texts", data, """
                output_type: loglikelihood_rolling
                doc_to_text: ""
                doc_to_target: "{{t}}"
                metric_list:
                  - metric: bits_per_byte
                """);
        try (RetortServer server =
                new RetortServer(Retort.open(bundle), ServerSettings.at(new InetSocketAddress("127.0.0.1", 0)))) {
            URI url = URI.create("http://127.0.0.1:" + server.port());
            TasksSpec spec =
                    run(Long.MAX_VALUE).ofEndpoint(root.resolve("long"), new EndpointSettings(url, "tiny", TRAFFIC));
            Failure failure = Failure.of(catchThrowable(() -> report(spec)));
            assertThat(failure.exitCode()).as(failure.line()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(failure.line()).startsWith("task texts, document 1: expected a text that the model answers");
        }
    }

    @Test
    void aSignedBundleAnswersAndOneWithASpoiltSignatureIsRefused() throws IOException, InterruptedException {
        BundleSigner.sign(bundle, SigningKey.generate());

        assertThat(report(ofBundle(3)).completion()).isEqualTo(Completion.DONE);

        Path signature = bundle.resolve(BundleNames.SIGNATURE);
        Files.writeString(signature, Files.readString(signature).replaceFirst("[A-Za-z0-9+/]{8}", "AAAAAAAA"));
        assertThatThrownBy(() -> ofBundle(4))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("SHA256SUMS.sig");
    }

    @Test
    void theTeacherAnswersTheSameTasks() throws IOException, InterruptedException {
        TeacherSource teacher =
                new TeacherSource.Directory(TinyTeacher.directory().toString());

        TasksReport report = report(run(4).ofTeacher(root.resolve("tasks"), teacher));

        JsonNode results = report.results().get("results");
        // Nearly untrained: about as likely as chance over 300 tokens and more, each of a byte or two.
        assertThat(results.at("/made_rolling/bits_per_byte,none").doubleValue()).isBetween(3.0, 9.0);
        assertThat(results.at("/made_choice/acc,none").doubleValue()).isBetween(0.0, 1.0);
        assertThat(results.at("/made_answers/exact_match,cleaned").doubleValue())
                .isEqualTo(0);
        Map<String, TaskOutcome> outcomes = outcomes(report);
        TaskOutcome choice = Objects.requireNonNull(outcomes.get("task=made_choice 2 none"));
        assertThat(choice.logLikelihoods()).hasSize(4).allMatch(value -> value < 0);
    }

    @Test
    void aRunThatWasStoppedGoesOnWithWhatIsMissing() throws IOException, InterruptedException {
        TasksReport whole = report(ofBundle(Long.MAX_VALUE));
        Path results = Path.of(whole.location(), "results.json");
        byte[] expected = Files.readAllBytes(results);
        FileTime before = FileTime.fromMillis(1_000_000_000_000L);
        List<Path> files = files(whole);
        for (Path file : files) {
            Files.setLastModifiedTime(file, before);
        }
        Path lost = files.get(files.size() / 2);
        Files.delete(lost);
        Files.delete(results);

        TasksReport again = report(ofBundle(Long.MAX_VALUE));

        assertThat(again.completion()).isEqualTo(Completion.DONE);
        assertThat(Files.readAllBytes(results)).isEqualTo(expected);
        assertThat(files(again)).isEqualTo(files);
        for (Path file : files) {
            assertThat(Files.getLastModifiedTime(file).equals(before))
                    .as(file.toString())
                    .isEqualTo(!file.equals(lost));
        }
        assertThat(report(ofBundle(Long.MAX_VALUE)).completion()).isEqualTo(Completion.ALREADY_DONE);
    }

    @Test
    void aLimitTellsHowManyDocumentsThereAre() throws IOException, InterruptedException {
        TasksReport report = report(ofBundle(3));

        JsonNode samples = new ObjectMapper()
                .readTree(Path.of(report.location(), "results.json").toFile())
                .at("/n-samples/made_choice");
        assertThat(samples.get("original").intValue()).isEqualTo(31);
        assertThat(samples.get("effective").intValue()).isEqualTo(3);
    }
}
