package io.retort.inference.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.Retort;
import io.retort.inference.http.RawClient;
import io.retort.inference.memory.ExpertHold;
import io.retort.inference.memory.MemoryLimitException;
import io.retort.inference.server.TestServer.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests for which others hold the memory; one thread answers, which must never be lost to them. */
class ServerMemoryTest {
    private static final long BOUND = 300_000;
    private static final String SHORT = "{\"prompt\":\"x\\n\",\"max_tokens\":3}";

    private static UnaryOperator<ServerSettings> within(Duration longest) {
        return settings -> settings.answering(new ServerSettings.Answering(1, 4, longest));
    }

    /** Holds nearly all the memory, as a text that is read by somebody else does. */
    private static ExpertHold mostOf(Retort retort) {
        for (int symbols = 36_000; symbols > 0; symbols -= 100) {
            try {
                return retort.hold(retort.route("x\n".getBytes(StandardCharsets.UTF_8)), symbols, 1);
            } catch (MemoryLimitException e) {
                assertThat(e).hasMessageContaining("the bound");
            }
        }
        throw new AssertionError("expected room for a text of 100 symbols");
    }

    @Test
    void whoFindsNoMemoryInTimeGets503AndTheThreadAnswersOthers(@TempDir Path directory) throws IOException {
        try (TestServer server =
                TestServer.bounded(directory.resolve("bundle"), BOUND, within(Duration.ofSeconds(1)))) {
            ExpertHold held = mostOf(server.retort());
            Response refused = server.post("/v1/completions", SHORT);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("overloaded_error").contains("held the memory");
            assertThat(Integer.parseInt(refused.field("Retry-After"))).isPositive();
            held.close();
            assertThat(server.post("/v1/completions", SHORT).status()).isEqualTo(200);
            assertThat(server.retort().memoryUsage().textBytes()).isZero();
        }
    }

    @Test
    void whoLeavesWhileItsRequestWaitsForMemoryGivesTheThreadBack(@TempDir Path directory) throws Exception {
        try (TestServer server =
                TestServer.bounded(directory.resolve("bundle"), BOUND, within(Duration.ofMinutes(10)))) {
            try (ExpertHold held = mostOf(server.retort())) {
                try (RawClient client = new RawClient(server.port())) {
                    client.send("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + SHORT.length()
                            + "\r\n\r\n" + SHORT);
                    server.await("retort_running", 1);
                }
                server.await("retort_running", 0);
                assertThat(server.metric("retort_abandoned_total")).isEqualTo(1);
                assertThat(held.student(0)).isNotNull();
            }
            assertThat(server.post("/v1/completions", SHORT).status()).isEqualTo(200);
        }
    }
}
