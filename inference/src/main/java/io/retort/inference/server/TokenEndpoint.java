package io.retort.inference.server;

import io.retort.inference.http.HttpExchange;
import io.retort.inference.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.function.Function;

/**
 * Answers what takes no expert but memory: texts as tokens, and back. It takes a slot as an answer does, so that no more bodies and
 * replies are in memory than requests are taken on. Thread-safe.
 */
final class TokenEndpoint {
    private final GenerationQueue queue;
    private final ServerMetrics metrics;

    TokenEndpoint(GenerationQueue queue, ServerMetrics metrics) {
        this.queue = queue;
        this.metrics = metrics;
    }

    /** Answers, or throws {@link ApiException} before anything was sent. */
    void handle(HttpExchange exchange, Function<RequestFields, JsonObject> work)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        queue.enter(metrics);
        try {
            byte[] body = exchange.request().body();
            byte[] reply = queue.read(() -> Replies.bytes(work.apply(RequestFields.of(body))));
            Replies.sendLarge(exchange, reply);
        } finally {
            queue.leave((System.nanoTime() - begun) / 1e9);
        }
    }
}
