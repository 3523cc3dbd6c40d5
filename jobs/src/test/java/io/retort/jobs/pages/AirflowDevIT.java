package io.retort.jobs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.retort.jobs.environments.FreePort;
import io.retort.jobs.environments.LoggedProcess;
import io.retort.jobs.environments.PythonEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/airflow-dev} as a user starts and stops it, docs/airflow.md followed against it, and what only a live scheduler
 * does. The jobs are not looked at: spark-submit is a script that notes what it was asked for ({@code AirflowIT} has real ones).
 */
class AirflowDevIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_REFUSAL = Duration.ofMinutes(5);
    /** Ends at once, but for the workspace "held": while there is no file "released", it stays. */
    private static final String SUBMIT = """
            #!/bin/sh
            here=$(dirname "$0")
            printf '%s\\n' "$*" >>"$here/submitted"
            case "$*" in *"--workspace held "*) [ -e "$here/released" ] || exec sleep 100000 ;; esac
            """;

    private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void thePageHoldsAndWhatWasStoppedOrKilledGoesOn(@TempDir Path parent) throws Exception {
        // Else the script would install it, or fail, where the other tests are left out.
        PythonEnvironment.of("airflow");
        Path directory = Files.createDirectory(parent.resolve("with a space"));
        Path home = directory.resolve("airflow-home");
        int port = FreePort.next();
        HttpServer receiver = receiver();
        try {
            Map<String, String> environment = environment(directory, receiver);
            try (AirflowDev airflow = AirflowDev.start(home, port, environment, directory.resolve("first.txt"))) {
                assertThat(airflow.page()).contains("<title>Airflow");
                refusesASecondStart(directory, home, port, environment);
                followsThePage(directory, home, port, environment);
                ofTheRunsOfThePage(airflow, directory);
                leavesARunInTheMiddle(airflow, directory);
                assertThat(airflow.interrupted()).as(airflow.said()).isZero();
                assertThat(airflow.processes()).as("what Ctrl-C left").isEmpty();
            }
            Files.createFile(directory.resolve("released"));
            try (AirflowDev airflow = AirflowDev.start(home, port, environment, directory.resolve("second.txt"))) {
                airflow.await(
                        "the run that Ctrl-C stopped goes on",
                        () -> state(airflow, "held").equals("success"));
                airflow.service("scheduler").destroyForcibly();
                assertThat(airflow.ended()).as(airflow.said()).isEqualTo(3);
                assertThat(airflow.said()).contains("airflow-dev: scheduler ended with -9; see ");
                assertThat(airflow.processes())
                        .as("what a killed scheduler left")
                        .isEmpty();
            }
        } finally {
            receiver.stop(0);
        }
    }

    private static void refusesASecondStart(Path directory, Path home, int port, Map<String, String> environment)
            throws Exception {
        Path log = directory.resolve("refused.txt");
        Path otherHome = directory.resolve("other home");
        try (LoggedProcess samePort = AirflowDev.process(otherHome, port, environment, log)) {
            assertThat(samePort.await(LONGEST_REFUSAL)).as(samePort.said()).isEqualTo(2);
            assertThat(samePort.said()).contains("expected port " + port + " to be free; --port names another");
        }
        try (LoggedProcess sameHome = AirflowDev.process(home, FreePort.next(), environment, log)) {
            assertThat(sameHome.await(LONGEST_REFUSAL)).as(sameHome.said()).isEqualTo(2);
            assertThat(sameHome.said()).contains("expected no other airflow-dev in " + home);
        }
    }

    private static void followsThePage(Path directory, Path home, int port, Map<String, String> environment)
            throws Exception {
        String command = Path.of("../bin/airflow-dev").toRealPath() + "' --home '" + home;
        new PageRun(
                        directory,
                        environment,
                        Map.of("127.0.0.1:8080", "127.0.0.1:" + port, "bin/airflow-dev", "'" + command + "'"))
                .follow(Page.of("airflow.md"));
    }

    private void ofTheRunsOfThePage(AirflowDev airflow, Path directory) throws Exception {
        airflow.await("the backfill is complete", () -> complete(airflow));
        airflow.await("each dataset is distilled", () -> distilled(directory).size() >= 4);
        // The scheduled week, the one by hand, and the two of the backfill, each with its own data.
        assertThat(distilled(directory))
                .containsExactlyInAnyOrder(
                        "--workspace workspace --set domains=[reasoning, coding, language, tool-use, math, context]"
                                + " --set seed=1729",
                        "--workspace /data/my workspace --set domains=[math, reasoning] --set seed=1729",
                        support("2026-01-05"),
                        support("2026-01-12"));
        assertThat(airflow.runs("retort_distil"))
                .extracting(run -> run.get("state").textValue())
                .contains("success")
                .doesNotContain("failed");
        airflow.await("the late run is told of", () -> late().contains("first"));
        assertThat(alerts).extracting(alert -> alert.get("event").textValue()).containsOnly("late");
        repeatsNothing(airflow, directory);
    }

    /** The backfill of the page once more, by the API. */
    private static void repeatsNothing(AirflowDev airflow, Path directory) throws Exception {
        int runs = airflow.runs("retort_teach").size();
        List<String> taught = taught(directory);
        airflow.post(
                "/api/v2/backfills",
                Map.of(
                        "dag_id", "retort_teach",
                        "from_date", "2026-01-05T00:00:00Z",
                        "to_date", "2026-01-13T00:00:00Z"));
        airflow.await("the second backfill is complete", () -> complete(airflow));
        assertThat(airflow.runs("retort_teach")).hasSize(runs);
        assertThat(taught(directory)).isEqualTo(taught);
    }

    private static void leavesARunInTheMiddle(AirflowDev airflow, Path directory) throws Exception {
        airflow.post(
                "/api/v2/dags/retort_teach/dagRuns",
                Map.of(
                        "dag_run_id", "held",
                        "logical_date", "2026-06-01T00:00:00Z",
                        "conf", Map.of("workspace", "held", "domains", List.of("math"))));
        airflow.await(
                "its job runs",
                () -> submitted(directory).stream().anyMatch(line -> line.contains("--workspace held ")));
    }

    private static String support(String week) {
        return "--workspace workspace --config /etc/retort/support.conf --set domains=[support] --set seed=1729"
                + " --set data=s3a://prompts/week=" + week;
    }

    private static boolean complete(AirflowDev airflow) throws IOException, InterruptedException {
        for (JsonNode backfill :
                airflow.get("/api/v2/backfills?dag_id=retort_teach").get("backfills")) {
            if (backfill.get("completed_at").isNull()) {
                return false;
            }
        }
        return true;
    }

    private static String state(AirflowDev airflow, String run) throws IOException, InterruptedException {
        return airflow.get("/api/v2/dags/retort_teach/dagRuns/" + run)
                .get("state")
                .textValue();
    }

    private Set<String> late() {
        Set<String> runs = new TreeSet<>();
        alerts.forEach(alert -> runs.add(alert.get("run").textValue()));
        return runs;
    }

    private static List<String> submitted(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve("submitted"));
    }

    private static List<String> taught(Path directory) throws IOException {
        return submitted(directory).stream()
                .filter(line -> line.contains("teach.TeachJob "))
                .toList();
    }

    /** By which words datasets are distilled: perhaps twice, as of one that has a run of its own after all. */
    private static Set<String> distilled(Path directory) throws IOException {
        Set<String> words = new TreeSet<>();
        for (String line : submitted(directory)) {
            if (line.contains("align.AlignJob ")) {
                words.add(line.substring(line.indexOf("--workspace ")));
            }
        }
        return words;
    }

    private static Map<String, String> environment(Path directory, HttpServer receiver) throws IOException {
        Path submit = directory.resolve("spark-submit");
        Files.writeString(submit, SUBMIT);
        assertThat(submit.toFile().setExecutable(true)).isTrue();
        return Map.of(
                "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME",
                "0.1",
                "RETORT_SPARK_SUBMIT",
                submit.toString(),
                "RETORT_ALERT_URL",
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
                "RETORT_DEADLINE_HOURS",
                "0.0001",
                "RETORT_RETRY_SECONDS",
                "1");
    }

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            alerts.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
