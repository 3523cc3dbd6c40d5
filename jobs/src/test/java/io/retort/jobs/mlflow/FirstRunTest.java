package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
    private LoopbackServer http;

    @BeforeEach
    void start() throws IOException {
        http = LoopbackServer.start();
        http.answer("/api/2.0/mlflow/model-versions/search", exchange -> {
            String body = "{\"model_versions\": [" + version(2) + "," + version(3) + "," + version(1) + "]}";
            LoopbackServer.send(exchange, 200, body);
        });
        http.answer("/api/2.0/mlflow/runs/get", exchange -> {
            String run = exchange.getRequestURI().getQuery().replace("run_id=", "");
            String stage = stages.getOrDefault(run, "");
            String body = stage.isEmpty()
                    ? "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"Run not found\"}"
                    : "{\"run\": {\"info\": {\"run_id\": \"" + run + "\", \"lifecycle_stage\": \"" + stage
                            + "\"}, \"data\": {}}}";
            LoopbackServer.send(exchange, stage.isEmpty() ? 404 : 200, body);
        });
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private static String version(int number) {
        return "{\"version\": \"" + number + "\", \"run_id\": \"run-" + number + "\", \"tags\": [{\"key\": \""
                + RunTags.DIGEST + "\", \"value\": \"d" + number + "\"}]}";
    }

    private String firstRun() throws Exception {
        return new ListedVersions(
                        new MlflowServer(http.url(), Credentials.of(Map.of()), Patience.each(Duration.ofSeconds(60))))
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
