package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Notes;
import io.retort.jobs.provenance.RunListener;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a run's record when MLflow is not as it should be. */
@Timeout(120)
class RunLoggingTest {
    private static final String RUN = "20260102T030405000-distil-0123456789abcdef";

    @TempDir
    Path directory;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Notes notes = new Notes();
    private final AtomicInteger calls = new AtomicInteger();
    private LoopbackServer server;

    @BeforeEach
    void record() throws IOException {
        Path run = Files.createDirectories(directory.resolve("runs/" + RUN));
        Files.writeString(run.resolve("provenance.json"), """
                {"run": "%s", "job": "distil", "code": {"version": "1", "commit": "c0ffee"}, "seed": 7,
                 "spec": {"workspace": "w", "seed": 7, "domains": [{"name": "math", "steps": 4}]},
                 "inputs": {"texts": "ed886777ea7b90a9"}, "outputs": {"experts": "f3cec0cbf8100376"},
                 "host": {"name": "here"}, "started": "2026-01-02T03:04:05Z", "ended": "2026-01-02T03:05:05Z",
                 "outcome": "done"}
                """.formatted(RUN));
        Files.writeString(run.resolve("events.jsonl"), """
                {"event":"loss","expert":"math","loss":2.5,"series":"train","step":20,"time":"2026-01-02T03:04:06Z"}
                {"event":"loss","expert":"math","loss":1.5,"series":"validation","step":40,"time":"2026-01-02T03:04:07Z"}
                {"event":"finished","report":{"job":"distil","experts":[{"name":"math","loss":1.25}]},"time":"2026-01-02T03:05:05Z"}
                """);
        server = LoopbackServer.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.close();
    }

    private MlflowSettings settings(Duration patience) {
        return new MlflowSettings(server.url(), "tests", patience);
    }

    private void answer(HttpHandler handler) {
        server.answer("/", exchange -> {
            calls.incrementAndGet();
            handler.handle(exchange);
        });
    }

    private static HttpHandler status(int status, String body) {
        return exchange -> LoopbackServer.send(exchange, status, body);
    }

    private void hang(HttpExchange exchange) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private void ended(Duration patience, int times) {
        RunListener listener = MlflowRuns.of(settings(patience), Storage.local(), notes);
        for (int i = 0; i < times; i++) {
            listener.ended(Workspace.at(directory.toString()), RUN);
        }
    }

    private Path waiting() {
        return directory.resolve("mlflow/outbox/" + RUN + ".json");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404, 500, 503})
    void aServerThatRefusesIsOneLineAndTheRunWaits(int status) {
        answer(status(status, "{\"error_code\": \"X\", \"message\": \"no\"}"));

        ended(Duration.ofSeconds(60), 1);

        assertThat(notes.lines).singleElement().asString().contains("status " + status, "retort publish --replay");
        assertThat(waiting()).isRegularFile();
    }

    @Test
    void ofARunThatCannotBeKeptNothingIsSaidToWait() throws IOException {
        answer(status(500, ""));
        Files.writeString(directory.resolve("runs/" + RUN + "/events.jsonl"), "{");

        ended(Duration.ofSeconds(60), 2);

        assertThat(notes.lines)
                .hasSize(2)
                .allSatisfy(note -> assertThat(note)
                        .contains("nothing of it waits to be sent", "runs/" + RUN)
                        .doesNotContain("replay"));
        assertThat(waiting()).doesNotExist();
        assertThat(calls).hasValue(0);
    }

    @Test
    void aServerThatHangsIsWaitedForNoLongerThanThePatienceAndOnlyOnce() {
        answer(this::hang);

        ended(Duration.ofSeconds(1), 3);

        assertThat(notes.lines).singleElement().asString().contains("in time");
        assertThat(calls).hasValue(1);
        assertThat(waiting()).isRegularFile();
    }

    @Test
    void aServerThatStopsInTheMiddleOfAnAnswerIsWaitedForNoLongerThanThePatience() {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hang(exchange);
        });

        ended(Duration.ofSeconds(1), 1);

        assertThat(notes.lines).hasSize(1);
        assertThat(waiting()).isRegularFile();
    }

    @Test
    void aServerThatIsSomethingElseIsSaid() {
        answer(status(200, "<html>"));

        ended(Duration.ofSeconds(60), 1);

        assertThat(notes.lines).singleElement().asString().contains("is it an MLflow server?");
    }

    @Test
    void whereNobodyListensTheRunWaits() {
        int port = server.port();
        server.close();

        ended(Duration.ofSeconds(60), 1);

        assertThat(notes.lines).singleElement().asString().contains(":" + port);
        assertThat(waiting()).isRegularFile();
    }

    @Test
    void theDraftHoldsLossesByStepAndTheFiguresOfTheReport() throws IOException {
        answer(status(500, ""));

        ended(Duration.ofSeconds(60), 1);

        RunDraft draft = new Outbox(
                        Storage.local(), Workspace.at(directory.toString()).outbox())
                .read(RUN)
                .orElseThrow();
        assertThat(draft.metrics())
                .containsExactly(
                        new RunDraft.Metric("train-loss/math", 2.5, 1767323046000L, 20),
                        new RunDraft.Metric("validation-loss/math", 1.5, 1767323047000L, 40),
                        new RunDraft.Metric("experts.math.loss", 1.25, 1767323105000L, 0));
        assertThat(draft.params()).containsEntry("domains.math.steps", "4").doesNotContainKey("workspace");
        assertThat(draft.tags())
                .containsEntry("retort.run", RUN)
                .containsEntry("retort.made.f3cec0cbf8100376", "experts")
                .containsEntry("retort.input.texts", "ed886777ea7b90a9")
                .containsEntry("mlflow.source.git.commit", "c0ffee");
        assertThat(draft.inputs()).extracting(RunDraft.Dataset::name).containsExactly("byte targets");
        assertThat(draft.status()).isEqualTo("FINISHED");
    }

    @Test
    void credentialsAreNeitherShownNorKept() {
        Credentials token = Credentials.of(Map.of("MLFLOW_TRACKING_TOKEN", "s3cret"));
        assertThat(token.header()).contains("Bearer s3cret");
        assertThat(token.toString()).doesNotContain("s3cret");
        assertThat(Credentials.of(Map.of("MLFLOW_TRACKING_USERNAME", "u", "MLFLOW_TRACKING_PASSWORD", "p"))
                        .header())
                .contains("Basic dTpw");
        assertThatThrownBy(() -> MlflowServer.checked("http://u:s3cret@host"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MLFLOW_TRACKING_USERNAME")
                .hasMessageNotContaining("s3cret");
    }
}
