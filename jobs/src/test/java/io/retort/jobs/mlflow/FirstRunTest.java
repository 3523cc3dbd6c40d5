package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs of versions that were deleted in MLflow's pages. The server here answers as MLflow 3 does. */
@Timeout(120)
class FirstRunTest {
    private final Map<String, String> stages = new TreeMap<>();
    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/api/2.0/mlflow/model-versions/search", exchange -> {
            byte[] body = ("{\"model_versions\": [" + version(2) + "," + version(3) + "," + version(1) + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.createContext("/api/2.0/mlflow/runs/get", exchange -> {
            String run = exchange.getRequestURI().getQuery().replace("run_id=", "");
            String stage = stages.getOrDefault(run, "");
            byte[] body = (stage.isEmpty()
                            ? "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"Run not found\"}"
                            : "{\"run\": {\"info\": {\"run_id\": \"" + run + "\", \"lifecycle_stage\": \"" + stage
                                    + "\"}, \"data\": {}}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(stage.isEmpty() ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private static String version(int number) {
        return "{\"version\": \"" + number + "\", \"run_id\": \"run-" + number + "\", \"tags\": [{\"key\": \""
                + RunTags.DIGEST + "\", \"value\": \"d" + number + "\"}]}";
    }

    private String firstRun() throws Exception {
        return new ListedVersions(new MlflowServer(
                        "http://127.0.0.1:" + http.getAddress().getPort(),
                        Credentials.of(Map.of()),
                        Patience.each(Duration.ofSeconds(60))))
                .firstRun("quickstart");
    }

    @Test
    void turnsAreOfTheFirstVersionWhoseRunWasNotDeleted() throws Exception {
        stages.putAll(Map.of("run-1", "active", "run-2", "active", "run-3", "active"));
        assertThat(firstRun()).isEqualTo("run-1");

        stages.put("run-1", "deleted");
        assertThat(firstRun()).isEqualTo("run-2");
        // Removed by mlflow gc.
        stages.remove("run-2");
        assertThat(firstRun()).isEqualTo("run-3");
    }

    @Test
    void whereTheRunsOfAllVersionsWereDeletedTheErrorSaysHowToRestoreOne() {
        stages.putAll(Map.of("run-1", "deleted", "run-2", "deleted", "run-3", "deleted"));

        assertThatThrownBy(this::firstRun)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found the runs of all 3 deleted; restore that of one (mlflow runs restore")
                .hasMessageContaining("run-1");
    }
}
