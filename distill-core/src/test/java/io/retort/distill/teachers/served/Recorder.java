package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stands in front of a server and writes down what is asked and answered; and reads it back, to answer in its place. */
final class Recorder implements AutoCloseable {
    private final URI target;
    private final List<ObjectNode> exchanges = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalServer server;

    /** Records what is asked of a server under {@link #url()}. */
    Recorder(URI target) {
        this.target = target;
        this.server = new LocalServer(this::forward);
    }

    URI url() {
        return server.url();
    }

    private LocalServer.Reply forward(LocalServer.Request request) throws IOException, InterruptedException {
        boolean posted = request.method().equals("POST");
        HttpRequest.Builder builder = HttpRequest.newBuilder(target.resolve(request.path()))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json");
        builder.method(
                request.method(),
                posted
                        ? HttpRequest.BodyPublishers.ofString(request.body().toString())
                        : HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> response = client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
        ObjectNode exchange = LocalServer.JSON
                .createObjectNode()
                .put("method", request.method())
                .put("path", request.path());
        exchange.set("request", posted ? request.body() : LocalServer.JSON.nullNode());
        exchange.put("status", response.statusCode());
        exchange.set("response", LocalServer.JSON.readTree(response.body()));
        add(exchange);
        return new LocalServer.Reply(response.statusCode(), response.body());
    }

    /** What was asked before is answered in the same way, so that once is enough. */
    private synchronized void add(ObjectNode exchange) {
        if (exchanges.stream().noneMatch(known -> asks(known).equals(asks(exchange)))) {
            exchanges.add(exchange);
        }
    }

    private static JsonNode asks(ObjectNode exchange) {
        return exchange.deepCopy().retain("method", "path", "request");
    }

    /** Writes the conversation so far, an exchange a line. */
    synchronized void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("[\n");
        for (int i = 0; i < exchanges.size(); i++) {
            text.append(exchanges.get(i)).append(i + 1 < exchanges.size() ? ",\n" : "\n");
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text.append("]\n"));
    }

    /** A conversation among the resources of the tests. */
    static JsonNode resource(String name) throws IOException {
        try (InputStream in = Recorder.class.getResourceAsStream("/served/" + name)) {
            return LocalServer.JSON.readTree(in);
        }
    }

    /** A server that answers what was recorded, and takes any other request for a fault of the test. */
    static LocalServer replay(JsonNode exchanges) {
        return new LocalServer(request -> {
            for (JsonNode exchange : exchanges) {
                JsonNode body = exchange.path("request");
                if (exchange.path("path").asText().equals(request.path())
                        && exchange.path("method").asText().equals(request.method())
                        && (body.isNull() ? request.body().isEmpty() : body.equals(request.body()))) {
                    return new LocalServer.Reply(
                            exchange.path("status").asInt(),
                            exchange.path("response").toString());
                }
            }
            throw new AssertionError("not in the conversation: " + request);
        });
    }

    @Override
    public void close() {
        server.close();
    }
}
