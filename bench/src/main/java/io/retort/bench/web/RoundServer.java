package io.retort.bench.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Serves package, bundle and page, and tells hosts on this machine when to do a round. */
final class RoundServer implements AutoCloseable {
    /** What a round took, and what it wrote, so that no host is quick by doing something else. */
    record Round(double seconds, String written) {}

    private final Map<String, Path> directories;
    private final byte[] prompts;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, BlockingQueue<Boolean>> turns = new ConcurrentHashMap<>();
    private final BlockingQueue<Round> done = new LinkedBlockingQueue<>();

    /** @param directories by the first part of their path */
    RoundServer(Map<String, Path> directories, JsonObject prompts) throws IOException {
        this.directories = directories;
        this.prompts = JsonWriter.indented(prompts);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lets a host do a round and waits for it. */
    Round round(String host) throws InterruptedException, IOException {
        turnsOf(host).put(true);
        Round round = done.poll(2, TimeUnit.MINUTES);
        if (round == null) {
            throw new IOException("expected a round of " + host + " within 2 minutes, found none");
        }
        return round;
    }

    /** Tells a host that there is nothing more to do. */
    void finish(String host) throws InterruptedException {
        turnsOf(host).put(false);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private BlockingQueue<Boolean> turnsOf(String host) {
        return turns.computeIfAbsent(host, name -> new LinkedBlockingQueue<>());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String host = query.substring(query.indexOf('=') + 1);
        try {
            switch (path) {
                case "/prompts" -> respond(exchange, "application/json", prompts);
                case "/next" ->
                    respond(
                            exchange,
                            "application/json",
                            JsonWriter.indented(new JsonObject(
                                    Map.of("go", turnsOf(host).take() ? JsonBoolean.TRUE : JsonBoolean.FALSE))));
                case "/done" -> {
                    JsonObject body = (JsonObject)
                            JsonParser.parse(exchange.getRequestBody().readAllBytes());
                    double seconds = ((JsonNumber) body.member("seconds")).doubleValue();
                    done.add(new Round(seconds, ((JsonString) body.member("written")).value()));
                    respond(exchange, "text/plain", new byte[0]);
                }
                default -> respondFile(exchange, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private void respondFile(HttpExchange exchange, String path) throws IOException {
        int slash = path.indexOf('/', 1);
        Path directory = directories.get(path.substring(1, Math.max(1, slash)));
        Path file = directory == null
                ? Path.of("none")
                : directory.resolve(path.substring(slash + 1)).normalize();
        if (directory == null || !file.startsWith(directory.normalize()) || !Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        String name = file.toString();
        String type = name.endsWith(".js")
                ? "text/javascript"
                : name.endsWith(".wasm")
                        ? "application/wasm"
                        : name.endsWith(".html") ? "text/html" : "application/octet-stream";
        respond(exchange, type, Files.readAllBytes(file));
    }

    private static void respond(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
