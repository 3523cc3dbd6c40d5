package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One run in MLflow of each in the workspace, however many send it. The server here knows no more than that takes. */
@Timeout(120)
class TwoSendersTest {
    private static final String RUN = "20260102T030405000-distil-0123456789abcdef";

    @TempDir
    private Path directory = Path.of("unset");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> runs = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final CountDownLatch creating = new CountDownLatch(1);
    private final CountDownLatch mayCreate = new CountDownLatch(1);
    private Runnable whenCreating = () -> {};
    private int created;
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        server = LoopbackServer.start();
        server.answer("/", this::answer);
        Path run = Files.createDirectories(directory.resolve("runs/" + RUN));
        Files.writeString(run.resolve("provenance.json"), """
                {"run": "%s", "job": "distil", "code": {"version": "1", "commit": "c0ffee"}, "seed": 7,
                 "spec": {"seed": 7}, "inputs": {}, "outputs": {}, "host": {"name": "here"},
                 "started": "2026-01-02T03:04:05Z", "ended": "2026-01-02T03:05:05Z", "outcome": "done"}
                """.formatted(RUN));
    }

    @AfterEach
    void stop() {
        mayCreate.countDown();
        server.close();
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = Json.parse(
                        "[" + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + "]",
                        JsonNode.class)
                .path(0);
        LoopbackServer.send(exchange, 200, said(exchange.getRequestURI().getPath(), body));
    }

    private String said(String path, JsonNode body) {
        if (path.endsWith("get-by-name")) {
            return "{\"experiment\": {\"experiment_id\": \"1\"}}";
        }
        if (path.endsWith("runs/create")) {
            creating.countDown();
            whenCreating.run();
        }
        synchronized (runs) {
            String id = body.path("run_id").asText();
            if (path.endsWith("runs/create")) {
                created++;
                // The later, the smaller: the second to be made is the first of a search.
                runs.add(0, "run-" + (9 - created));
                return "{\"run\": " + run(runs.get(0)) + "}";
            }
            if (path.endsWith("runs/delete")) {
                runs.remove(id);
            } else if (path.endsWith("set-tag") && body.path("key").asText().equals(RunTags.LOGGED)) {
                assertThat(runs).contains(id);
                logged.add(id);
            } else if (path.endsWith("runs/search")
                    && !body.path("filter").asText().contains("made")) {
                return "{\"runs\": ["
                        + String.join(",", runs.stream().map(this::run).toList()) + "]}";
            }
        }
        return "{}";
    }

    private String run(String id) {
        String tags = logged.contains(id) ? "{\"key\": \"retort.logged\", \"value\": \"true\"}" : "";
        return "{\"info\": {\"run_id\": \"" + id + "\", \"artifact_uri\": \"mlflow-artifacts:/1/" + id
                + "\"}, \"data\": {\"tags\": [" + tags + "]}}";
    }

    private MlflowSettings settings(Duration patience) {
        return new MlflowSettings(server.url(), "tests", patience);
    }

    private Workspace workspace() {
        return Workspace.at(directory.toString());
    }

    private RunDraft draft() throws IOException {
        return new RunDrafts(Storage.local(), workspace(), "tests").of(RUN);
    }

    private Outbox outbox() {
        return new Outbox(Storage.local(), workspace().outbox());
    }

    private ReplayReport replay() throws IOException, InterruptedException {
        return Replay.run(settings(Duration.ofSeconds(60)), Storage.local(), workspace(), Progress.SILENT);
    }

    private void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aJobThatEndsDuringAReplayLeavesItsRunToThatReplay() throws Exception {
        outbox().put(draft());
        whenCreating = () -> await(mayCreate);
        Future<ReplayReport> replay = threads.submit(this::replay);
        creating.await();

        MlflowRuns.of(settings(Duration.ofSeconds(1)), Storage.local(), Progress.SILENT)
                .ended(workspace(), RUN);
        mayCreate.countDown();

        assertThat(replay.get().sent()).containsExactly(RUN);
        assertThat(created).isEqualTo(1);
        assertThat(runs).isEqualTo(logged).hasSize(1);
        assertThat(outbox().runs()).isEmpty();
    }

    @Test
    void aDraftThatIsGoneWhenItsTurnComesIsSkipped() throws Exception {
        outbox().put(draft());
        Path waits = directory.resolve("mlflow/outbox/" + RUN + ".json");
        Path next = directory.resolve("mlflow/outbox/" + RUN + "2.json");
        Files.copy(waits, next);
        whenCreating = () -> assertThat(next.toFile().delete()).isTrue();

        assertThat(replay().sent()).containsExactly(RUN);
    }

    @Test
    void ofTwoRunsThatWereMadeAtOnceTheFirstIsKeptAndCompleted() throws Exception {
        whenCreating = () -> {
            synchronized (runs) {
                if (runs.isEmpty()) {
                    runs.add("run-0");
                }
            }
        };
        MlflowServer client = new MlflowServer(
                settings(Duration.ofSeconds(60)).url(),
                Credentials.of(Map.of()),
                Patience.each(Duration.ofSeconds(60)));

        String kept = new RunSending(client, Storage.local()).send(draft());

        assertThat(kept).isEqualTo("run-0");
        assertThat(runs).containsExactly("run-0");
        assertThat(logged).containsExactly("run-0");
    }
}
