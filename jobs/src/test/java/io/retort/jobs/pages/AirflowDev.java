package io.retort.jobs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.environments.LoggedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running {@code bin/airflow-dev}, and its REST API. All that it has started ends when it is closed. */
final class AirflowDev implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** uvicorn answers the offer of HTTP/2 that this client makes otherwise with 500. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path home;
    private final String url;
    private final LoggedProcess process;
    private String token = "";

    private AirflowDev(Path home, int port, LoggedProcess process) {
        this.home = home;
        this.url = "http://127.0.0.1:" + port;
        this.process = process;
    }

    /** Starts it, and waits until it says that it is up and lets us in. */
    static AirflowDev start(Path home, int port, Map<String, String> environment, Path log) throws Exception {
        AirflowDev started = new AirflowDev(home, port, process(home, port, environment, log));
        try {
            started.await("it comes up", () -> started.said().contains("Ctrl-C stops everything"));
            String password = JSON.readTree(home.resolve("passwords.json").toFile())
                    .get("admin")
                    .textValue();
            started.token = started.post("/auth/token", Map.of("username", "admin", "password", password))
                    .get("access_token")
                    .textValue();
            return started;
        } catch (Exception | AssertionError e) {
            started.close();
            throw e;
        }
    }

    /** Starts it and waits for nothing. */
    static LoggedProcess process(Path home, int port, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("../bin/airflow-dev", "--port", Integer.toString(port), "--home", home.toString());
        builder.environment().putAll(environment);
        return LoggedProcess.start(builder, log);
    }

    String said() throws IOException {
        return process.said();
    }

    /** What is waited for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits until it holds, while all runs. */
    void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.holds()) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as("%s, while airflow-dev runs: %s", what, said())
                    .isTrue();
            Thread.sleep(300);
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(URI.create(url + path)));
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** The page of the UI, as a browser gets it. */
    String page() throws IOException, InterruptedException {
        return new String(send(HttpRequest.newBuilder(URI.create(url + "/"))), StandardCharsets.UTF_8);
    }

    /** All runs of a DAG. */
    List<JsonNode> runs(String dag) throws IOException, InterruptedException {
        List<JsonNode> runs = new ArrayList<>();
        get("/api/v2/dags/" + dag + "/dagRuns?limit=100").get("dag_runs").forEach(runs::add);
        return runs;
    }

    private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(send(request));
    }

    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> answer =
                client.send(request.timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode() / 100)
                .as("%d %s", answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(2);
        return answer.body();
    }

    /** Ctrl-C: what it ends with. */
    int interrupted() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill", "-INT", Long.toString(process.handle().pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
        return ended();
    }

    /** What it ends with by itself. */
    int ended() throws IOException, InterruptedException {
        return process.await(LONGEST);
    }

    /** The processes whose environment names its home: those that nobody is the parent of as well. */
    List<ProcessHandle> processes() {
        String variable = "AIRFLOW_HOME=" + home + "\0";
        return ProcessHandle.allProcesses()
                .filter(candidate -> {
                    try {
                        Path environment = Path.of("/proc", Long.toString(candidate.pid()), "environ");
                        return Files.readString(environment, StandardCharsets.ISO_8859_1)
                                .contains(variable);
                    } catch (IOException e) {
                        // Of another user, or no more.
                        return false;
                    }
                })
                .toList();
    }

    /** The one of its services that runs this command. */
    ProcessHandle service(String command) throws IOException {
        for (ProcessHandle child : process.handle().children().toList()) {
            Path words = Path.of("/proc", Long.toString(child.pid()), "cmdline");
            if (List.of(Files.readString(words).split("\0")).contains(command)) {
                return child;
            }
        }
        throw new AssertionError("expected a service " + command + ": " + said());
    }

    @Override
    public void close() {
        process.close();
        processes().forEach(ProcessHandle::destroyForcibly);
    }
}
