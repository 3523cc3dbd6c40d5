package io.retort.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpServerTest {
    private static final HttpLimits.Times TIMES =
            new HttpLimits.Times(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(10));
    private static final HttpLimits LIMITS = new HttpLimits(8, 1024, 1000, TIMES);

    /** More than the system's buffers would take of a response if they grew. */
    private static final int SLOW_BYTES = 5 << 20;

    private final List<HttpRequest> handled = Collections.synchronizedList(new ArrayList<>());
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(HttpServer::close);
    }

    /** Answers with the request's body, or as a test says. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private HttpServer serve(HttpLimits limits, Answer answer) throws IOException {
        return serve(limits, answer, HttpServerTest::told);
    }

    private static HttpResponse told(HttpProblem problem) {
        return HttpResponse.of(
                problem.status(),
                "text/plain",
                String.valueOf(problem.getMessage()).getBytes(StandardCharsets.UTF_8));
    }

    private HttpServer serve(HttpLimits limits, Answer answer, Function<HttpProblem, HttpResponse> refusal)
            throws IOException {
        HttpHandler handler = new HttpHandler() {
            @Override
            public void handle(HttpExchange exchange) throws IOException {
                handled.add(exchange.request());
                answer.to(exchange);
            }

            @Override
            public HttpResponse refuse(HttpProblem problem) {
                return refusal.apply(problem);
            }
        };
        HttpServer server =
                HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, handler);
        servers.add(server);
        return server;
    }

    private HttpServer echo() throws IOException {
        return serve(
                LIMITS,
                exchange -> exchange.respond(
                        HttpResponse.of(200, "text/plain", exchange.request().body())));
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void aConnectionServesOneRequestAfterAnother() throws IOException {
        try (RawClient client = new RawClient(echo().port())) {
            for (String body : List.of("one", "", "three")) {
                client.send("POST /x?y HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                assertThat(client.response()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n" + body);
            }
        }
        assertThat(handled).extracting(HttpRequest::path).containsExactly("/x", "/x", "/x");
    }

    @Test
    void requestsThatAreSentTogetherAreAnsweredInOrder() throws IOException {
        String request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n";
        try (RawClient client = new RawClient(echo().port())) {
            client.send(request + "1" + request + "2");
            assertThat(client.response()).endsWith("\r\n\r\n1");
            assertThat(client.response()).endsWith("\r\n\r\n2");
        }
    }

    @Test
    void chunksMakeOneBody() throws IOException {
        try (RawClient client = new RawClient(echo().port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5;x=y\r\nhello\r\nA\r\n, chunks!!\r\n0\r\nTrailer: t\r\n\r\n");
            assertThat(client.response()).endsWith("\r\n\r\nhello, chunks!!");
        }
    }

    @Test
    void aClientThatAsksIsToldToGoOn() throws IOException {
        try (RawClient client = new RawClient(echo().port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.response()).startsWith("HTTP/1.1 100 Continue");
            assertThat(client.send("ok").response()).endsWith("\r\n\r\nok");
        }
    }

    @Test
    void anOlderClientGetsOneAnswerAndTheEnd() throws IOException {
        try (RawClient client = new RawClient(echo().port())) {
            client.send("POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\nx");
            assertThat(client.all()).contains("Connection: close").endsWith("\r\n\r\nx");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, GET / HTTP/1.1|Host: a|Content-Length: 1|Transfer-Encoding: chunked||",
        "400, GET / HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 1||",
        "400, GET / HTTP/1.1|Host: a|Content-Length: +1||",
        "400, GET / HTTP/1.1|Host: a|Content-Length: -1||",
        "400, GET / HTTP/1.1|Host: a|Content-Length: ||",
        "413, GET / HTTP/1.1|Host: a|Content-Length: 1001||",
        "413, GET / HTTP/1.1|Host: a|Content-Length: 99999999999999999999999||",
        "413, GET / HTTP/1.1|Host: a|Transfer-Encoding: chunked||3E9|",
        "413, GET / HTTP/1.1|Host: a|Transfer-Encoding: chunked||FFFFFFFFF|",
        "400, GET / HTTP/1.1|Host: a|Transfer-Encoding: chunked||-1|",
        "400, GET / HTTP/1.1|Host: a|Transfer-Encoding: chunked||1|xy|",
        "501, GET / HTTP/1.1|Host: a|Transfer-Encoding: gzip||",
        "501, GET / HTTP/1.1|Host: a|Transfer-Encoding: gzip; chunked||",
        "417, GET / HTTP/1.1|Host: a|Content-Length: 1|Expect: more||",
        "400, GET / HTTP/1.1|Host : a||",
        "400, GET / HTTP/1.1|Host: a| folded||",
        "400, GET / HTTP/1.1|Host: a|Host: b||",
        "400, GET / HTTP/1.1||",
        "400, GET / HTTP/1.1|: a||",
        "400, GET / HTTP/1.1|Host: a\u0001||",
        "400, GET  / HTTP/1.1|Host: a||",
        "400, GET x HTTP/1.1|Host: a||",
        "400, G(T / HTTP/1.1|Host: a||",
        "505, GET / HTTP/2.0|Host: a||",
        "505, GET / http/1.1|Host: a||",
    })
    void aRequestThatTwoReadersMightReadDifferentlyIsRefused(int status, String lines) throws IOException {
        HttpServer server = echo();
        try (RawClient client = new RawClient(server.port())) {
            client.send(lines.replace("|", "\r\n"));
            assertThat(client.status()).isEqualTo(status);
            assertThat(client.all()).isEmpty();
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void aBareLineFeedEndsNoLine() throws IOException {
        try (RawClient client = new RawClient(echo().port())) {
            assertThat(client.send("GET / HTTP/1.1\nHost: a\n\n").status()).isEqualTo(400);
        }
    }

    @Test
    void aHeadIsBoundedInBytesAndInFields() throws IOException {
        int port = echo().port();
        try (RawClient client = new RawClient(port)) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(1024));
            assertThat(client.status()).isEqualTo(431);
        }
        try (RawClient client = new RawClient(port)) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n" + "x:\r\n".repeat(101));
            assertThat(client.status()).isEqualTo(431);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void aRequestThatIsCutOffAnywhereIsNeverHandled() throws IOException {
        String request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        int port = echo().port();
        for (int length = 0; length < request.length(); length++) {
            try (RawClient client = new RawClient(port)) {
                client.send(request.substring(0, length)).finish();
                assertThat(client.status()).isEqualTo(length == 0 ? 0 : 400);
            }
        }
        assertThat(handled).isEmpty();
        try (RawClient client = new RawClient(port)) {
            assertThat(client.send(request).status()).isEqualTo(200);
        }
    }

    @Test
    void whoSendsTooMuchStillReadsWhy() throws IOException {
        try (RawClient client = new RawClient(echo().port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + "x".repeat(2_000_000));
            assertThat(client.response()).startsWith("HTTP/1.1 413 ").contains("at most 1000 bytes");
        }
    }

    @Test
    void tricklingBytesDoesNotStretchTheTimeOfARequest() throws Exception {
        HttpServer server = echo();
        try (RawClient slow = new RawClient(server.port());
                RawClient other = new RawClient(server.port())) {
            slow.send("GET / HTTP/1.1\r\nHost: a\r\n");
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> statusOf(slow));
            int sent = 0;
            while (!status.isDone() && sent++ < 1000) {
                trickle(slow);
                other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(other.status()).isEqualTo(200);
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(408);
        }
    }

    private static int statusOf(RawClient client) {
        try {
            return client.status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void trickle(RawClient client) {
        try {
            client.send("x");
        } catch (IOException e) {
            // The server has closed the connection, which the status tells too.
            assertThat(e).isInstanceOf(SocketException.class);
        }
    }

    /** Returns the status of a request that is sent to its end; 0 where the connection is closed. */
    private static int finished(RawClient client) throws IOException {
        try {
            return client.send("TP/1.1\r\nHost: a\r\n\r\n").status();
        } catch (SocketException e) {
            return 0;
        }
    }

    @Test
    void whereAllConnectionsTrickleOneOfThemMakesRoom() throws Exception {
        HttpLimits.Times patient =
                new HttpLimits.Times(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
        HttpServer server = serve(
                new HttpLimits(3, 1024, 1000, patient),
                exchange -> exchange.respond(HttpResponse.of(200, "text/plain", new byte[0])));
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            slow.add(new RawClient(server.port()).send("GET / HT"));
            int open = i + 1;
            eventually(() -> server.connections() == open);
        }
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(200);
        }
        List<Integer> statuses = new ArrayList<>();
        for (RawClient client : slow) {
            statuses.add(finished(client));
            client.close();
        }
        assertThat(statuses).containsExactlyInAnyOrder(0, 200, 200);
    }

    @Test
    void whereAllConnectionsAreBeingAnsweredANewOneIsRefused() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        HttpServer server = serve(new HttpLimits(1, 1024, 1000, TIMES), exchange -> {
            await(answer);
            exchange.respond(HttpResponse.of(200, "text/plain", new byte[0]));
        });
        try (RawClient first = new RawClient(server.port())) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            eventually(() -> handled.size() == 1);
            try (RawClient second = new RawClient(server.port())) {
                assertThat(second.status()).isEqualTo(503);
            }
            answer.countDown();
            assertThat(first.status()).isEqualTo(200);
        }
    }

    @Test
    void whatItsHeadRefusesIsNeverReadAndNothingBehindItIsARequest() throws Exception {
        HttpHandler handler = new HttpHandler() {
            @Override
            public void handle(HttpExchange exchange) {
                handled.add(exchange.request());
            }

            @Override
            public Optional<HttpResponse> refuseHead(HttpRequest head) {
                assertThat(head.body()).isEmpty();
                return Optional.of(HttpResponse.of(403, "text/plain", "not you".getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public HttpResponse refuse(HttpProblem problem) {
                return told(problem);
            }
        };
        HttpServer server =
                HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), LIMITS, handler);
        servers.add(server);
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response())
                    .startsWith("HTTP/1.1 403 ")
                    .contains("Connection: close")
                    .endsWith("not you");
            assertThat(client.all()).isEmpty();
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").finish();
            assertThat(client.all()).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\n");
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void anErrorWhileAClientIsRefusedLeavesTheNextOnesTheirServer() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        HttpServer server = serve(
                new HttpLimits(1, 1024, 1000, TIMES),
                exchange -> {
                    await(answer);
                    exchange.respond(HttpResponse.of(200, "text/plain", new byte[0]));
                },
                problem -> {
                    throw new OutOfMemoryError("none left for " + problem.status());
                });
        try (RawClient first = new RawClient(server.port())) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            eventually(() -> handled.size() == 1);
            for (int i = 0; i < 3; i++) {
                try (RawClient refused = new RawClient(server.port())) {
                    assertThat(refused.all()).isEmpty();
                }
            }
            answer.countDown();
            assertThat(first.status()).isEqualTo(200);
        }
        eventually(() -> server.connections() == 0);
        try (RawClient later = new RawClient(server.port())) {
            assertThat(later.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(200);
        }
    }

    @Test
    void whereMemoryRunsOutBeforeAnythingIsSentTheClientIsToldSo() throws Exception {
        HttpServer server = serve(LIMITS, exchange -> {
            throw new OutOfMemoryError("none left");
        });
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").all()).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void aClientThatTakesNothingIsLetGo() throws Exception {
        HttpServer server =
                serve(LIMITS, exchange -> exchange.respond(HttpResponse.of(200, "text/plain", new byte[64 << 20])));
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            eventually(() -> handled.size() == 1);
            eventually(() -> server.connections() == 0);
        }
    }

    @Test
    void aClientThatTakesSlowlyGetsAll() throws Exception {
        HttpServer server =
                serve(LIMITS, exchange -> exchange.respond(HttpResponse.of(200, "text/plain", new byte[SLOW_BYTES])));
        try (Socket client = new Socket()) {
            // Before it connects, or it would not bound what the server's system may send ahead.
            client.setReceiveBufferSize(16 << 10);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            int taken = 0;
            int count = 1;
            while (count > 0) {
                // Many times as fast as the bound asks for.
                TimeUnit.MILLISECONDS.sleep(TIMES.send().toMillis() / 24);
                count = client.getInputStream().readNBytes(16 << 10).length;
                taken += count;
            }
            assertThat(taken).isGreaterThan(SLOW_BYTES);
        }
    }

    @Test
    void aHandlerThatFailsTakesItsConnectionAloneWithIt() throws Exception {
        HttpServer server = serve(LIMITS, exchange -> {
            if (exchange.request().path().equals("/fails")) {
                throw new StackOverflowError("as deep as can be");
            }
            exchange.respond(HttpResponse.of(200, "text/plain", new byte[0]));
        });
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send("GET /fails HTTP/1.1\r\nHost: a\r\n\r\n").all())
                    .isEmpty();
        }
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void stoppingLetsWhatHasArrivedBeAnswered() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        HttpServer server = serve(LIMITS, exchange -> {
            await(answer);
            exchange.respond(HttpResponse.of(200, "text/plain", "done".getBytes(StandardCharsets.UTF_8)));
        });
        try (RawClient idle = new RawClient(server.port());
                RawClient busy = new RawClient(server.port())) {
            busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            eventually(() -> handled.size() == 1);
            CompletableFuture<Boolean> stopped =
                    CompletableFuture.supplyAsync(() -> stop(server, Duration.ofSeconds(10)));
            assertThat(idle.all()).isEmpty();
            answer.countDown();
            assertThat(busy.all()).contains("Connection: close").endsWith("done");
            assertThat(stopped.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void stoppingWaitsNoLongerThanItsGrace() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        HttpServer server = serve(LIMITS, exchange -> await(never));
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            eventually(() -> handled.size() == 1);
            assertThat(server.stop(Duration.ofMillis(50))).isFalse();
            assertThat(client.all()).isEmpty();
        }
        never.countDown();
    }

    private static boolean stop(HttpServer server, Duration grace) {
        try {
            return server.stop(grace);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
