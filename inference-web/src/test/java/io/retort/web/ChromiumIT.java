package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both builds in a real browser, from a server on this machine that the page posts its answers to. */
class ChromiumIT {
    private static final String PAGE = """
            <!doctype html><script type="module">
              import { Retort } from "/npm/retort.js";
              import { answers } from "/test/answers.js";
              const request = await (await fetch("/request")).json();
              const result = await answers({ Retort, ...request });
              await fetch("/result", { method: "POST", body: JSON.stringify(result) });
            </script>
            """;

    @TempDir
    Path temporary = Path.of("");

    private final BlockingQueue<String> posted = new ArrayBlockingQueue<>(1);

    @ParameterizedTest
    @ValueSource(strings = {"webassembly", "javascript"})
    void answersEqualTheJvms(String engine) throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(ParityCase.isInstalled("chromium"), "needs chromium on the path");
        Path bundle = ParityCase.bundle(temporary.resolve("bundle"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        serve(server, bundle, ParityCase.request(origin + "/bundle", engine));
        server.start();
        ProcessBuilder command = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + temporary.resolve("profile"),
                        "--remote-debugging-port=0",
                        origin + "/")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment().put("TMPDIR", temporary.toString());
        Process chromium = command.start();
        try {
            String result = posted.poll(5, TimeUnit.MINUTES);
            assertThat(result).as("the page's answers").isNotNull();
            ParityCase.assertSameAnswers(Objects.requireNonNull(result), engine, bundle);
        } finally {
            List<ProcessHandle> children = chromium.descendants().toList();
            chromium.destroy();
            chromium.waitFor(20, TimeUnit.SECONDS);
            children.forEach(ProcessHandle::destroyForcibly);
            chromium.destroyForcibly().waitFor();
            server.stop(0);
        }
    }

    private void serve(HttpServer server, Path bundle, String request) throws URISyntaxException {
        Path scripts = Path.of(Objects.requireNonNull(ChromiumIT.class.getResource("/answers.js"))
                        .toURI())
                .resolveSibling(".");
        server.createContext("/", exchange -> respond(exchange, "text/html", PAGE.getBytes(StandardCharsets.UTF_8)));
        server.createContext(
                "/request",
                exchange -> respond(exchange, "application/json", request.getBytes(StandardCharsets.UTF_8)));
        server.createContext("/npm/", exchange -> respondFile(exchange, ParityCase.npm()));
        server.createContext("/test/", exchange -> respondFile(exchange, scripts));
        server.createContext("/bundle/", exchange -> respondFile(exchange, bundle));
        server.createContext("/result", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            respond(exchange, "text/plain", new byte[0]);
        });
    }

    private static void respondFile(HttpExchange exchange, Path directory) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.substring(exchange.getHttpContext().getPath().length());
        String type = name.endsWith(".js")
                ? "text/javascript"
                : name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
        respond(exchange, type, Files.readAllBytes(directory.resolve(name)));
    }

    private static void respond(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
