package io.retort.inference.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.http.HttpLimits;
import io.retort.inference.http.RawClient;
import io.retort.inference.server.TestServer.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ServerUnderLoadTest {
    private static final String COMPLETIONS = "/v1/completions";
    private static final String ENDLESS = "{\"prompt\":\"x\\n\",\"max_tokens\":20000}";
    private static final String SHORT = "{\"prompt\":\"x\\n\",\"max_tokens\":3}";
    private static final String STREAM = "{\"prompt\":\"x\\n\",\"max_tokens\":20000,\"stream\":true}";

    /** A prompt that one expert reads. */
    private static final String LONG =
            "{\"prompt\":\"" + "x".repeat(30_000) + "\",\"max_tokens\":3,\"model\":\"tiny/a\"}";

    /** Enough for what a test lets run to its end. */
    private static final int PLENTY = 1_000_000;

    private static String post(String body) {
        return "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    @Test
    void sixtyFourClientsAtOnceAreAllAnsweredRight() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(64);
        try (TestServer server = TestServer.random(UnaryOperator.identity())) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                expected.add(completion(server, i));
            }
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int c = 0; c < 64; c++) {
                answers.add(clients.submit(() -> {
                    List<String> texts = new ArrayList<>();
                    for (int i = 0; i < 8; i++) {
                        texts.add(completion(server, i));
                    }
                    return texts;
                }));
            }
            for (Future<List<String>> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(expected);
            }
            server.await("retort_in_flight", 0);
            assertThat(server.metric("retort_rejected_total")).isZero();
        } finally {
            clients.shutdownNow();
        }
    }

    private static String completion(TestServer server, int i) throws IOException {
        return String.valueOf(server.choice("{\"prompt\":\"" + i + "+1=\\n\",\"max_tokens\":40}")
                .member("text"));
    }

    @Test
    void whatIsTooMuchIsRefusedAndLaterTakenAgain() throws Exception {
        Semaphore steps = new Semaphore(0);
        try (TestServer server = TestServer.chain(steps, TestServer.threads(1, 2))) {
            List<Future<Response>> taken = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                taken.add(server.postLater(COMPLETIONS, SHORT));
                server.await("retort_in_flight", i);
            }
            assertThat(server.metric("retort_running")).isEqualTo(1);
            assertThat(server.metric("retort_queued")).isEqualTo(2);
            Response refused = server.post(COMPLETIONS, SHORT);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.field("Retry-After")).isEqualTo("1");
            assertThat(refused.body()).contains("rate_limit_error");
            assertThat(server.metric("retort_rejected_total")).isEqualTo(1);
            assertThat(server.post("/tokenize", "{\"prompt\":\"x\"}").status()).isEqualTo(429);
            assertThat(server.post("/detokenize", "{\"tokens\":[65]}").status()).isEqualTo(429);
            assertThat(server.metric("retort_rejected_total")).isEqualTo(3);
            assertThat(server.get("/health").status()).isEqualTo(200);
            steps.release(PLENTY);
            for (Future<Response> answer : taken) {
                assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
            server.await("retort_in_flight", 0);
            assertThat(server.post(COMPLETIONS, SHORT).status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfAStreamEndsItsAnswer() throws Exception {
        Semaphore steps = new Semaphore(10);
        try (TestServer server = TestServer.chain(steps, TestServer.threads(1, 2))) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(post(STREAM));
                assertThat(new String(client.in().readNBytes(15), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200 OK");
                assertThat(server.metric("retort_in_flight")).isEqualTo(1);
            }
            server.await("retort_in_flight", 0);
            assertThat(server.metric("retort_abandoned_total")).isEqualTo(1);
            // The worker sees it at its next byte, long before the answer's end.
            steps.release(50);
            server.await("retort_running", 0);
            assertThat(steps.availablePermits()).isGreaterThan(40);
        }
    }

    @Test
    void aClientThatLeavesWhileItWaitsGivesItsPlaceBack() throws Exception {
        Semaphore steps = new Semaphore(0);
        try (TestServer server = TestServer.chain(steps, TestServer.threads(1, 1))) {
            Future<Response> first = server.postLater(COMPLETIONS, SHORT);
            server.await("retort_running", 1);
            try (RawClient client = new RawClient(server.port())) {
                client.send(post(ENDLESS));
                server.await("retort_queued", 1);
            }
            server.await("retort_queued", 0);
            server.await("retort_in_flight", 1);
            steps.release(PLENTY);
            assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
        Semaphore steps = new Semaphore(5);
        try (TestServer server = TestServer.chain(steps, ServerUnderLoadTest::hasty)) {
            Response response = answeredTooLate(server, steps, ENDLESS);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.field("Retry-After")).isNotEmpty();
            server.await("retort_in_flight", 0);
        }
    }

    @Test
    void aPromptThatTakesTooLongToReadIsGivenUp() throws Exception {
        Semaphore steps = new Semaphore(5);
        try (TestServer server = TestServer.chain(steps, ServerUnderLoadTest::hasty)) {
            assertThat(answeredTooLate(server, steps, LONG).status()).isEqualTo(503);
            assertThat(PLENTY - steps.availablePermits()).isLessThan(20_000);
        }
    }

    private static ServerSettings hasty(ServerSettings settings) {
        return settings.answering(new ServerSettings.Answering(1, 1, Duration.ofMillis(200)));
    }

    /** The response to a request whose steps go on only once its time is over. */
    private static Response answeredTooLate(TestServer server, Semaphore steps, String body) throws Exception {
        Future<Response> answer = server.postLater(COMPLETIONS, body);
        server.await("retort_running", 1);
        TimeUnit.MILLISECONDS.sleep(250);
        steps.release(PLENTY);
        return answer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aClientThatLeavesWhileItsPromptIsReadEndsTheReading() throws Exception {
        Semaphore steps = new Semaphore(5);
        try (TestServer server = TestServer.chain(steps, TestServer.threads(1, 2))) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(post(LONG));
                server.await("retort_running", 1);
            }
            server.await("retort_abandoned_total", 1);
            steps.release(PLENTY);
            server.await("retort_running", 0);
            assertThat(PLENTY - steps.availablePermits()).isLessThan(20_000);
            assertThat(server.retort().memoryUsage().textBytes()).isZero();
        }
    }

    @Test
    void anAnswerOfWhichNothingIsToldYetIsGivenUpToo() throws Exception {
        Semaphore steps = new Semaphore(5);
        // All of the alphabet might be the beginning of this text, so that none of it is told.
        String stop = "abcdefghijklmnopqrstuvwxyz".repeat(700) + "!";
        try (TestServer server = TestServer.chain(steps, TestServer.threads(1, 2))) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(post("{\"prompt\":\"\",\"max_tokens\":20000,\"stop\":\"" + stop + "\"}"));
                server.await("retort_running", 1);
            }
            server.await("retort_abandoned_total", 1);
            steps.release(PLENTY);
            server.await("retort_running", 0);
            assertThat(PLENTY - steps.availablePermits()).isLessThan(1000);
        }
    }

    @Test
    void aStreamThatTakesTooLongEndsWithAnError() throws Exception {
        Semaphore steps = new Semaphore(5);
        UnaryOperator<ServerSettings> hasty =
                settings -> settings.answering(new ServerSettings.Answering(1, 1, Duration.ofMillis(200)));
        try (TestServer server = TestServer.chain(steps, hasty)) {
            Future<Response> answer = server.postLater(COMPLETIONS, STREAM);
            server.await("retort_running", 1);
            TimeUnit.MILLISECONDS.sleep(250);
            steps.release(PLENTY);
            assertThat(answer.get(20, TimeUnit.SECONDS).body())
                    .contains("\"error\":{\"message\":\"the answer took longer")
                    .doesNotContain("[DONE]");
        }
    }

    @Test
    void stoppingFinishesWhatRunsAndTakesNothingNew() throws Exception {
        Semaphore steps = new Semaphore(0);
        try (TestServer server = TestServer.chain(steps, TestServer.threads(1, 4))) {
            Future<Response> running = server.postLater(COMPLETIONS, SHORT);
            server.await("retort_in_flight", 1);
            Future<Response> waiting = server.postLater(COMPLETIONS, SHORT);
            server.await("retort_in_flight", 2);
            CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> stop(server));
            assertRefused(server);
            assertThat(running).isNotDone();
            steps.release(PLENTY);
            assertThat(running.get(20, TimeUnit.SECONDS).body()).contains("\"text\":\"abc\"");
            assertThat(waiting.get(20, TimeUnit.SECONDS).body()).contains("\"text\":\"abc\"");
            assertThat(stopped.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Waits until the port is closed. */
    private static void assertRefused(TestServer server) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            try (RawClient client = new RawClient(server.port())) {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (IOException e) {
                return;
            }
        }
        throw new AssertionError("the port is still open");
    }

    private static boolean stop(TestServer server) {
        try {
            return server.server().stop(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void clientsThatTrickleDoNotKeepOthersOut() throws Exception {
        UnaryOperator<ServerSettings> few = settings -> {
            HttpLimits http = settings.http();
            return settings.http(new HttpLimits(4, http.headBytes(), http.bodyBytes(), http.times()));
        };
        List<RawClient> slow = new ArrayList<>();
        try (TestServer server = TestServer.random(few)) {
            for (int i = 0; i < 20; i++) {
                slow.add(new RawClient(server.port())
                        .send("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-"));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(server.post(COMPLETIONS, SHORT).status()).isEqualTo(200);
                slow.add(new RawClient(server.port()).send("POST / HT"));
            }
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }
}
