package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.distill.teachers.UnsuitableTeacherException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ServerConnectionTest {
    private static final String SECRET = "sk-very-secret";

    private static ServerConnection connection(URI url, int attempts) {
        Traffic traffic = new Traffic(1, attempts, Duration.ofSeconds(10), Duration.ofMillis(1), "TEACHER_KEY");
        return new ServerConnection(url, traffic, ApiKey.of("TEACHER_KEY", name -> Optional.of(SECRET)));
    }

    private static LocalServer answering(int... statuses) {
        AtomicInteger next = new AtomicInteger();
        return new LocalServer(request -> {
            int status = statuses[Math.min(next.getAndIncrement(), statuses.length - 1)];
            return new LocalServer.Reply(
                    status, status == 200 ? "{\"ok\":true}" : "{\"error\":{\"message\":\"no, " + SECRET + "\"}}");
        });
    }

    @Test
    void busyAndFailingServersAreAskedAgain() throws Exception {
        try (LocalServer server = answering(429, 500, 502, 503, 504, 408, 200)) {
            boolean ok = connection(server.url(), 7)
                    .get("/x", answer -> answer.path("ok").asBoolean());

            assertThat(ok).isTrue();
            assertThat(server.requests()).hasSize(7);
        }
    }

    @Test
    void refusalsAreNotAskedAgain() {
        for (int status : List.of(400, 404, 413, 422, 302)) {
            try (LocalServer server = answering(status)) {
                assertThatThrownBy(() -> connection(server.url(), 5).get("/x", JsonNode::asText))
                        .isInstanceOf(RefusedRequestException.class)
                        .hasMessage("status " + status + ": no, [key]");
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void theKeyGoesIntoTheHeaderAndIntoNoText() {
        try (LocalServer server = answering(401)) {
            assertThatThrownBy(() -> connection(server.url(), 5).get("/x", JsonNode::asText))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("with key of TEACHER_KEY, found status 401")
                    .hasMessageNotContaining(SECRET);
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0).authorization()).isEqualTo("Bearer " + SECRET);
        }
        try (LocalServer server = answering(503)) {
            assertThatThrownBy(() -> connection(server.url(), 2).get("/x", JsonNode::asText))
                    .rootCause()
                    .isInstanceOf(TeacherUnavailableException.class)
                    .hasMessageContaining("after 2 attempts: status 503: no, [key]");
        }
        assertThat(ApiKey.of("TEACHER_KEY", name -> Optional.of(SECRET)).toString())
                .doesNotContain(SECRET);
        assertThatThrownBy(() -> ApiKey.of("TEACHER_KEY", name -> Optional.empty()))
                .hasMessageContaining("in the environment variable TEACHER_KEY, found it unset");
        assertThatThrownBy(() -> new Traffic(1, 1, Duration.ofSeconds(1), Duration.ZERO, SECRET))
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aServerThatIsNotThereIsReportedAfterAllAttempts() {
        URI nowhere;
        try (LocalServer server = answering(200)) {
            nowhere = server.url();
        }
        assertThatThrownBy(() -> connection(nowhere, 3).get("/x", JsonNode::asText))
                .rootCause()
                .isInstanceOf(TeacherUnavailableException.class)
                .hasMessageContaining("after 3 attempts: no connection (ConnectException)");
    }

    @Test
    void aBodyLargerThanAllowedIsNotRead() {
        try (LocalServer server =
                new LocalServer(request -> new LocalServer.Reply(200, "[" + " ".repeat(5000) + "]"))) {
            assertThatThrownBy(() -> connection(server.url(), 2).post("/x", Answers.object(), 1000, answer -> answer))
                    .rootCause()
                    .hasMessageContaining("expected a body of at most 1000 bytes, found more");
        }
    }

    @Test
    void anInterruptedThreadStopsWaitingForTheServer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (LocalServer server = new LocalServer(request -> {
            asked.countDown();
            release.await();
            return new LocalServer.Reply(200, "{}");
        })) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    connection(server.url(), 5).get("/x", JsonNode::asText);
                } catch (Exception e) {
                    ended.complete(e);
                }
            });
            thread.start();
            asked.await();
            thread.interrupt();
            assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            release.countDown();
        }
    }

    @Test
    void patienceIsReadInSecondsAndAsADate() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(retryAfter("7", clock)).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter("Thu, 01 Jan 2026 00:01:30 GMT", clock)).isEqualTo(Duration.ofSeconds(90));
        assertThat(retryAfter("Wed, 31 Dec 2025 00:01:30 GMT", clock)).isEqualTo(Duration.ZERO);
        assertThat(retryAfter("999999", clock)).isEqualTo(Duration.ofMinutes(10));
        assertThat(retryAfter("soon", clock)).isEqualTo(Duration.ZERO);
    }

    private static Duration retryAfter(String value, InstantSource clock) {
        return RetryAfter.of(HttpHeaders.of(Map.of("Retry-After", List.of(value)), (a, b) -> true), clock);
    }

    @Test
    void aBreakerLetsOneTrialThroughAndGivesUpAfterSoManyFailedOnes() throws Exception {
        CircuitBreaker breaker = new CircuitBreaker(2, 2, Duration.ZERO, InstantSource.system());
        breaker.failed();
        assertThat(breaker.await()).isTrue(); // one failure is none
        breaker.failed();

        assertThat(breaker.await()).isTrue(); // a trial
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> awaits(breaker));
        assertThatThrownBy(() -> other.get(200, TimeUnit.MILLISECONDS)).isNotInstanceOf(ExecutionException.class);
        breaker.failed(); // lets the other try
        assertThat(other.get(5, TimeUnit.SECONDS)).isTrue();
        breaker.failed();
        assertThat(breaker.await()).isFalse();

        breaker.reset();
        assertThat(breaker.await()).isTrue();
        assertThat(breaker.outages()).isZero();
        breaker.failed();
        breaker.failed();
        assertThat(breaker.await()).isTrue();
        breaker.succeeded();
        assertThat(breaker.outages()).isEqualTo(1);
    }

    private static boolean awaits(CircuitBreaker breaker) {
        try {
            return breaker.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
