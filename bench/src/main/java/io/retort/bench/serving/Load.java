package io.retort.bench.serving;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What clients ask and how it went. A client asks its next question when it has read the whole answer to the last. */
final class Load {
    /** Kinds of requests, which take turns: a whole answer, a chat in events, a text with the log-probability of each byte. */
    private static final List<Kind> KINDS = List.of(
            new Kind("/v1/completions", "{\"prompt\":\"%s\\n\",\"max_tokens\":64}", "\"finish_reason\":\""),
            new Kind(
                    "/v1/chat/completions",
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":64,\"stream\":true}",
                    "data: [DONE]"),
            new Kind(
                    "/v1/completions",
                    "{\"prompt\":\"%s\\n4\",\"max_tokens\":1,\"echo\":true,\"logprobs\":1}",
                    "token_logprobs"));

    private record Kind(String path, String body, String expected) {}

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final LongAdder failures = new LongAdder();

    Load(int port) {
        this.port = port;
    }

    /** Asks until {@code deadline} of {@link System#nanoTime}; returns the latencies in milliseconds. */
    double[] run(int clientNumber, long deadline) throws InterruptedException {
        double[] latencies = new double[1024];
        int count = 0;
        while (System.nanoTime() - deadline < 0) {
            long begun = System.nanoTime();
            if (!ask(KINDS.get((clientNumber + count) % KINDS.size()), clientNumber + " + " + count % 10 + " =")) {
                failures.increment();
            }
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * count);
            }
            latencies[count++] = (System.nanoTime() - begun) / 1e6;
        }
        return Arrays.copyOf(latencies, count);
    }

    private boolean ask(Kind kind, String prompt) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + kind.path()))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(kind.body().formatted(prompt)))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().contains(kind.expected());
        } catch (IOException e) {
            System.err.println("a request failed: " + e);
            return false;
        }
    }

    long failures() {
        return failures.sum();
    }
}
