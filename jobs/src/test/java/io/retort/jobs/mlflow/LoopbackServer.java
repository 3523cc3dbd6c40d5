package io.retort.jobs.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a free port of loopback that answers as a test says, each call in a thread of its own. */
final class LoopbackServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private LoopbackServer(HttpServer server) {
        this.server = server;
    }

    /** Starts one that answers everything with 404 so far. */
    static LoopbackServer start() throws IOException {
        LoopbackServer started =
                new LoopbackServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    /** From now on answers calls of a path, and of those below it, in this way. */
    void answer(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    /** Ends a call with a status and a body. */
    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            // A length of 0 would mean one that is not known yet.
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Ends a call with a status and a text. */
    static void send(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Ends it, and interrupts answers that are under way. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
