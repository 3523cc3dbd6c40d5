package io.retort.inference.server;

import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.Expert;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server on a free port of this machine, and a client of it. */
final class TestServer implements AutoCloseable {
    /** The experts of the bundle, whose name is {@code tiny}. */
    static final List<String> EXPERTS = List.of("a", "b", "c", "d");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Retort retort;
    private final RetortServer server;

    private TestServer(Retort retort, UnaryOperator<ServerSettings> settings) throws IOException {
        this.retort = retort;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = new RetortServer(retort, settings.apply(ServerSettings.at(address)));
    }

    /** A server of random experts. */
    static TestServer random(UnaryOperator<ServerSettings> settings) throws IOException {
        return new TestServer(new Retort(bundle()), settings);
    }

    /** A server of experts that write the alphabet, a symbol a permit. */
    static TestServer chain(Semaphore steps, UnaryOperator<ServerSettings> settings) throws IOException {
        Bundle bundle = bundle();
        List<Expert> experts = bundle.experts().stream()
                .map(expert -> new Expert(expert.id(), expert.domain(), new ChainStudent(steps)))
                .toList();
        Bundle chained = new Bundle(bundle.manifest(), bundle.digest(), experts, bundle.router());
        return new TestServer(new Retort(chained), settings);
    }

    private static Bundle bundle() {
        return Bundle.open(new MemoryBundleSource(TinyBundle.files(EXPERTS)));
    }

    /** Settings of so many threads and so long a queue. */
    static UnaryOperator<ServerSettings> threads(int threads, int queue) {
        return settings ->
                settings.answering(new ServerSettings.Answering(threads, queue, Duration.ofSeconds(60)));
    }

    Retort retort() {
        return retort;
    }

    RetortServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** Sends a request whose answer is waited for elsewhere. */
    CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
        return client.sendAsync(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)).build());
    }

    /** Returns the JSON of an answer that went well. */
    JsonObject answer(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + ": " + response.body());
        }
        return json(response.body());
    }

    /** Returns the only choice of a completion that went well. */
    JsonObject choice(String body) throws IOException, InterruptedException {
        JsonArray choices = (JsonArray) answer("/v1/completions", body).member("choices");
        return (JsonObject) choices.elements().get(0);
    }

    /** Returns the value of a series of the metrics that has no labels. */
    long metric(String name) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + name));
    }

    /** Waits until a series of the metrics has a value. */
    void await(String name, long value) throws IOException, InterruptedException {
        long found = metric(name);
        for (int i = 0; i < 500 && found != value; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
            found = metric(name);
        }
        if (found != value) {
            throw new AssertionError("expected " + name + " to become " + value + ", found " + found);
        }
    }

    static JsonObject json(String text) {
        JsonValue value = JsonParser.parse(text.getBytes(StandardCharsets.UTF_8));
        return (JsonObject) value;
    }

    @Override
    public void close() {
        server.close();
    }
}
