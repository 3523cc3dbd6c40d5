package io.retort.inference.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.http.HttpServer;
import io.retort.inference.http.RawClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final String REQUEST =
            "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\n\r\n{\"prompt\":\"x\"}";

    /** Returns the response to a request whose seed is drawn by {@code seeds} in the thread of its connection. */
    private static String response(LongSupplier seeds) throws Exception {
        Retort retort = new Retort(Bundle.open(new MemoryBundleSource(TinyBundle.files(TestServer.EXPERTS))));
        ServedModels models = new ServedModels(retort.bundle());
        ReplyIds ids = new ReplyIds(Clock.systemUTC());
        try (GenerationQueue queue = new GenerationQueue(1, 1)) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ServerMetrics metrics = new ServerMetrics(queue, () -> 0);
            Endpoints endpoints = new Endpoints(
                    new Endpoints.Services(
                            models,
                            new RequestReading(models, Retort.MAX_SYMBOLS, seeds),
                            new AnswerEndpoint(retort, queue, metrics, ids, Duration.ofSeconds(10)),
                            queue,
                            metrics,
                            ids),
                    new Admission(Optional.empty(), new AllowedHosts(address, Set.of()), Endpoints.HEALTH),
                    () -> false);
            try (HttpServer server =
                            HttpServer.start(address, ServerSettings.at(address).http(), endpoints);
                    RawClient client = new RawClient(server.port())) {
                String response = client.send(REQUEST).response();
                assertThat(metrics.text()).doesNotContain("status=\"499\"");
                assertThat(queue.inFlight()).isZero();
                return response;
            }
        }
    }

    @Test
    void whereMemoryRunsOutTheClientIsToldToTryAgain() throws Exception {
        assertThat(response(() -> {
                    throw new OutOfMemoryError("none left");
                }))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: ")
                .contains("no memory");
    }

    @Test
    void anErrorThatNobodyForesawIsTheServersFault() throws Exception {
        assertThat(response(() -> {
                    throw new StackOverflowError("as deep as can be");
                }))
                .startsWith("HTTP/1.1 500 ");
    }
}
