package io.retort.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Serves the package, a bundle and a page on this machine, takes the page's reports, and can be as if it were not there. */
final class PageServer implements AutoCloseable {
    /** What a page reported, with the paths that were asked for since the report before. */
    record Report(String body, List<String> requested) {}

    private final HttpServer server;
    private final Path bundle;
    private final Path resources;
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();

    private final List<String> requested = Collections.synchronizedList(new ArrayList<>());

    // The server has one thread.
    private boolean reachable = true;

    PageServer(Path bundle) throws IOException, URISyntaxException {
        this.bundle = bundle;
        resources = Path.of(Objects.requireNonNull(PageServer.class.getResource("/page.html"))
                        .toURI())
                .resolveSibling(".");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Starts with what {@code /request} is to say. */
    void start(String request) {
        server.createContext("/", exchange -> answer(exchange, request));
        server.start();
    }

    /** Waits for the next report. */
    Report next() throws InterruptedException {
        Report report = reports.poll(5, TimeUnit.MINUTES);
        return Objects.requireNonNull(report, "expected a report of the page within 5 minutes, found none");
    }

    /** Returns what was asked for since the last report. */
    List<String> requested() {
        return List.copyOf(requested);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, String request) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/report")) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            reports.add(new Report(body, List.copyOf(requested)));
            requested.clear();
            respond(exchange, "text/plain", new byte[0]);
        } else if (path.startsWith("/network/")) {
            reachable = path.equals("/network/on");
            respond(exchange, "text/plain", new byte[0]);
        } else if (!reachable) {
            // The page asks once on purpose.
            exchange.close();
        } else if (path.equals("/")) {
            respond(exchange, "text/html", Files.readAllBytes(resources.resolve("page.html")));
        } else if (path.startsWith("/demo/npm/")) {
            respondFile(exchange, path.substring("/demo".length()));
        } else if (path.equals("/request")) {
            respond(exchange, "application/json", request.getBytes(StandardCharsets.UTF_8));
        } else {
            requested.add(path);
            respondFile(exchange, path);
        }
    }

    private void respondFile(HttpExchange exchange, String path) throws IOException {
        int slash = path.indexOf('/', 1);
        Path directory = switch (path.substring(0, slash + 1)) {
            case "/npm/" -> ParityCase.npm();
            case "/test/" -> resources;
            case "/bundle/" -> bundle;
            case "/demo/" -> Path.of("src/main/demo").toAbsolutePath();
            default -> resources.resolve("none");
        };
        Path file = directory.resolve(path.substring(slash + 1)).normalize();
        if (!file.startsWith(directory.normalize()) || !Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        String type = switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript";
            case "wasm" -> "application/wasm";
            case "html" -> "text/html";
            case "css" -> "text/css";
            default -> "application/octet-stream";
        };
        respond(exchange, type, Files.readAllBytes(file));
    }

    private static void respond(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
