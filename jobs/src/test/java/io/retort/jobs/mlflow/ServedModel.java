package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.environments.FreePort;
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

/** A model behind {@code mlflow models serve}, as a process of its own. */
public final class ServedModel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final LoggedProcess process;
    private final String url;
    private final Path directory;

    private ServedModel(LoggedProcess process, String url, Path directory) {
        this.process = process;
        this.url = url;
        this.directory = directory;
    }

    /** Serves a model and waits until it answers. */
    public static ServedModel start(MlflowProcess server, String model) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("retort-served");
        int port = FreePort.next();
        ProcessBuilder builder = server.client(
                server.environment().program("mlflow").toString(),
                "models",
                "serve",
                "-m",
                model,
                "--env-manager",
                "local",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port));
        String url = "http://127.0.0.1:" + port;
        LoggedProcess process = MlflowProcess.started(builder.directory(directory.toFile()), directory, url + "/ping");
        return new ServedModel(process, url, directory);
    }

    private HttpResponse<byte[]> post(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/invocations"))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    /** The status that a body is answered with. */
    public int status(String body) throws IOException, InterruptedException {
        return post(body).statusCode();
    }

    /** The answers to prompts, in hex. */
    public List<String> answers(List<String> prompts, int mostBytes) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of(
                "dataframe_split",
                Map.of(
                        "columns",
                        List.of("prompt"),
                        "data",
                        prompts.stream().map(List::of).toList()),
                "params",
                Map.of("max_bytes", mostBytes)));
        HttpResponse<byte[]> answer = post(body);
        if (answer.statusCode() != 200) {
            throw new IOException("expected status 200, found " + answer.statusCode() + ": "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        List<String> answers = new ArrayList<>();
        for (JsonNode row : JSON.readTree(answer.body()).path("predictions")) {
            answers.add(row.path("answer_hex").asText());
        }
        return answers;
    }

    @Override
    public void close() {
        process.close();
        MlflowProcess.delete(directory);
    }
}
