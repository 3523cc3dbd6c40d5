package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Notes;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that ask who calls: MLflow's own by name and password, and one behind a proxy that wants a token. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class AuthenticatedIT {
    private static final String RUN = "20260102T030405000-prepare-0123456789abcdef";
    private static final String USER = "admin";
    private static final String PASSWORD = "a pass: word 12";
    private static final String TOKEN = "t0ken-0123456789";

    @TempDir
    private Path directory = Path.of("unset");

    private final Notes notes = new Notes();

    private Workspace workspace() {
        return Workspace.at(directory.toString());
    }

    private MlflowSettings settings(String url) {
        return new MlflowSettings(url, "of " + url.replaceAll("\\W", " "), Duration.ofMinutes(2));
    }

    /** A job ends, whose record is one run. */
    private void ended(String url, Map<String, String> environment) throws IOException {
        notes.lines.clear();
        Path run = Files.createDirectories(directory.resolve("runs/" + RUN));
        Files.writeString(run.resolve("provenance.json"), """
                {"run": "%s", "job": "prepare", "code": {"version": "1", "commit": "c0ffee"}, "seed": 7,
                 "spec": {"seed": 7}, "inputs": {}, "outputs": {}, "host": {"name": "here"},
                 "started": "2026-01-02T03:04:05Z", "ended": "2026-01-02T03:05:05Z", "outcome": "done"}
                """.formatted(RUN));
        MlflowRuns.of(settings(url), Credentials.of(environment), Storage.local(), notes)
                .ended(workspace(), RUN);
    }

    private List<String> waiting() throws IOException {
        return new Outbox(Storage.local(), workspace().outbox()).runs();
    }

    private ReplayReport replay(String url, Map<String, String> environment) throws IOException, InterruptedException {
        return Replay.run(settings(url), Credentials.of(environment), Storage.local(), workspace(), notes);
    }

    private void refusedAndThenTaken(
            String url, Map<String, String> wrong, Map<String, String> right, List<String> secrets) throws Exception {
        for (Map<String, String> credentials : List.of(wrong, Map.<String, String>of())) {
            ended(url, credentials);
            assertThat(notes.lines)
                    .singleElement()
                    .asString()
                    .contains("status 401", "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_TOKEN", "publish --replay")
                    .doesNotContain(secrets);
            assertThatThrownBy(() -> replay(url, credentials))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("status 401")
                    .hasMessageContaining("MLFLOW_TRACKING_USERNAME");
            assertThat(waiting()).containsExactly(RUN);
        }

        assertThat(replay(url, right).sent()).containsExactly(RUN);
        assertThat(waiting()).isEmpty();
        ended(url, right);
        assertThat(notes.lines).isEmpty();
        assertThat(waiting()).isEmpty();
        Experiments experiments =
                new Experiments(new MlflowServer(url, Credentials.of(right), Patience.each(Duration.ofMinutes(2))));
        assertThat(experiments.tagged(experiments.id(settings(url).experiment()), RunTags.RUN, RUN))
                .hasSize(1);
    }

    @Test
    void aServerThatAsksForNameAndPasswordIsToldThemAndKeepsNothingFromOneWithoutThem() throws Exception {
        Path accounts = directory.resolve("auth.ini");
        Files.writeString(accounts, """
                [mlflow]
                default_permission = READ
                database_uri = sqlite:///%s/accounts.db
                admin_username = %s
                admin_password = %s
                """.formatted(directory, USER, PASSWORD));
        try (MlflowProcess server = MlflowProcess.start(
                Map.of("MLFLOW_AUTH_CONFIG_PATH", accounts.toString(), "MLFLOW_FLASK_SERVER_SECRET_KEY", "of a test"),
                "--app-name",
                "basic-auth")) {
            refusedAndThenTaken(
                    server.url(),
                    Map.of("MLFLOW_TRACKING_USERNAME", USER, "MLFLOW_TRACKING_PASSWORD", "wr0ng-secret"),
                    Map.of("MLFLOW_TRACKING_USERNAME", USER, "MLFLOW_TRACKING_PASSWORD", PASSWORD),
                    List.of("wr0ng-secret"));
        }
    }

    @Test
    void aProxyThatAsksForATokenIsToldIt() throws Exception {
        try (LoopbackServer proxy = proxy(MlflowProcess.shared().url())) {
            refusedAndThenTaken(
                    proxy.url(),
                    Map.of("MLFLOW_TRACKING_TOKEN", "wr0ng-token"),
                    Map.of("MLFLOW_TRACKING_TOKEN", TOKEN),
                    List.of("wr0ng-token"));
        }
    }

    /** Hands on what comes with the token, and answers all else as proxies do: with a page. */
    private static LoopbackServer proxy(String behind) throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        LoopbackServer proxy = LoopbackServer.start();
        proxy.answer("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                LoopbackServer.send(exchange, 401, "<html>who are you?</html>");
                return;
            }
            try {
                HttpResponse<byte[]> answer = client.send(
                        HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()))
                                .timeout(Duration.ofMinutes(2))
                                .header(
                                        "Content-Type",
                                        exchange.getRequestHeaders().getFirst("Content-Type"))
                                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofByteArray());
                LoopbackServer.send(exchange, answer.statusCode(), answer.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return proxy;
    }
}
