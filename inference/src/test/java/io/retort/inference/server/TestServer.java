package io.retort.inference.server;

import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.Expert;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.bundles.Trust;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.signing.Ed25519Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server on a free port of this machine, and a client of it. */
final class TestServer implements AutoCloseable {
    /** The experts of the bundle, whose name is {@code tiny}. */
    static final List<String> EXPERTS = List.of("a", "b", "c", "d");

    private final ExecutorService later = Executors.newCachedThreadPool();
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

    /** A server of random experts, on disk, with a bound of memory. */
    static TestServer bounded(Path directory, long maxBytes, UnaryOperator<ServerSettings> settings)
            throws IOException {
        Path bundle = TinyBundle.write(TinyBundle.files(EXPERTS), directory);
        Trust trust = Trust.anyone(Ed25519Check.INSTANCE);
        return new TestServer(Retort.open(bundle, trust, BoundedMemory.of(maxBytes)), settings);
    }

    /** A server of experts that write the alphabet, a symbol a permit. */
    static TestServer chain(Semaphore steps, UnaryOperator<ServerSettings> settings) throws IOException {
        Bundle bundle = bundle();
        List<Expert> experts = bundle.experts().stream()
                .map(expert -> new Expert(expert.id(), expert.domain(), new ChainShape(steps), expert.file(), 1))
                .toList();
        Bundle chained = new Bundle(bundle.manifest(), bundle.digest(), experts, bundle.router());
        return new TestServer(new Retort(chained), settings);
    }

    private static Bundle bundle() {
        return Bundle.open(new MemoryBundleSource(TinyBundle.files(EXPERTS)));
    }

    /** Settings of so many threads and so long a queue. */
    static UnaryOperator<ServerSettings> threads(int threads, int queue) {
        return settings -> settings.answering(new ServerSettings.Answering(threads, queue, Duration.ofSeconds(60)));
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

    /** A response, its body as text. */
    record Response(int status, Map<String, List<String>> fields, String body) {
        /** Returns the value of a header field, empty where there is none. */
        String field(String name) {
            return fields.getOrDefault(name, List.of("")).get(0);
        }
    }

    Response get(String path) throws IOException {
        return get(path, "");
    }

    /** Sends a request with an Authorization field, or without one where it is empty. */
    Response get(String path, String authorization) throws IOException {
        HttpURLConnection connection = connection(path);
        if (!authorization.isEmpty()) {
            connection.setRequestProperty("Authorization", authorization);
        }
        return response(connection);
    }

    Response post(String path, String body) throws IOException {
        HttpURLConnection connection = connection(path);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return response(connection);
    }

    /** Sends a request whose answer is waited for elsewhere. */
    Future<Response> postLater(String path, String body) {
        return later.submit(() -> post(path, body));
    }

    private HttpURLConnection connection(String path) throws IOException {
        URL url = new URL("http://127.0.0.1:" + port() + path);
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setReadTimeout(20_000);
        return connection;
    }

    private static Response response(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Response(status, connection.getHeaderFields(), body);
        }
    }

    /** Returns the JSON of an answer that went well. */
    JsonObject answer(String path, String body) throws IOException {
        Response response = post(path, body);
        if (response.status() != 200) {
            throw new AssertionError(response.status() + ": " + response.body());
        }
        return json(response.body());
    }

    /** Returns the only choice of a completion that went well. */
    JsonObject choice(String body) throws IOException {
        JsonArray choices = (JsonArray) answer("/v1/completions", body).member("choices");
        return (JsonObject) choices.elements().get(0);
    }

    /** Returns the value of a series of the metrics that has no labels. */
    long metric(String name) throws IOException {
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
        later.shutdownNow();
    }
}
