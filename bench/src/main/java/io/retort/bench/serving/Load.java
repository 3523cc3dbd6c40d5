package io.retort.bench.serving;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What clients ask and how it went. A client asks its next question when it has read the whole answer to the last. */
final class Load {
    /** A string that may not end before it has so many characters: the way to have a long answer from an expert of short ones. */
    static final int LONG_BYTES = 400;

    private static final String LONG =
            "\"max_tokens\":700,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                    + "{\"schema\":{\"type\":\"string\",\"minLength\":" + LONG_BYTES + ",\"maxLength\":600}}}";

    private static final Pattern WRITTEN = Pattern.compile("\"completion_tokens\":(\\d+)");

    /** What the answers to a kind of request are like. */
    enum Length {
        SHORT,
        LONG
    }

    /** Kinds of requests, which take turns. Every answer has to say how long it is, and a long one to be long. */
    enum Kind {
        WHOLE(Length.SHORT, "/v1/completions", "{\"prompt\":\"%s\\n\",\"max_tokens\":64}", "\"finish_reason\":\""),
        EVENTS(
                Length.SHORT,
                "/v1/chat/completions",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":64,\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}",
                "data: [DONE]"),
        ECHOED(
                Length.SHORT,
                "/v1/completions",
                "{\"prompt\":\"%s\\n4\",\"max_tokens\":1,\"echo\":true,\"logprobs\":1}",
                "token_logprobs"),
        LONG_WHOLE(Length.LONG, "/v1/completions", "{\"prompt\":\"%s\\n\"," + LONG + "}", "\"finish_reason\":\"stop\""),
        LONG_EVENTS(
                Length.LONG,
                "/v1/completions",
                "{\"prompt\":\"%s\\n\"," + LONG + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "data: [DONE]");

        private final Length length;
        private final String path;
        private final String body;
        private final String expected;

        Kind(Length length, String path, String body, String expected) {
            this.length = length;
            this.path = path;
            this.body = body;
            this.expected = expected;
        }

        Length length() {
            return length;
        }
    }

    /**
     * An answer that was read to its end.
     *
     * @param bytes that the server says it wrote
     */
    record Sample(Kind kind, double millis, int bytes) {}

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final LongAdder failures = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    Load(int port) {
        this.port = port;
    }

    /** Asks until {@code deadline} of {@link System#nanoTime}; returns what was answered. */
    List<Sample> run(int clientNumber, long deadline) throws InterruptedException {
        List<Sample> samples = new ArrayList<>();
        for (int count = 0; System.nanoTime() - deadline < 0; count++) {
            Kind kind = Kind.values()[(clientNumber + count) % Kind.values().length];
            ask(kind, clientNumber + " + " + count % 10 + " =", samples);
        }
        return samples;
    }

    private void ask(Kind kind, String prompt, List<Sample> samples) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + kind.path))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(kind.body.formatted(prompt)))
                .build();
        long begun = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            double millis = (System.nanoTime() - begun) / 1e6;
            if (response.statusCode() == 429) {
                refusals.increment();
                TimeUnit.SECONDS.sleep(response.headers()
                        .firstValueAsLong("Retry-After")
                        .orElseThrow(() -> new IOException("expected Retry-After with 429, found none")));
                return;
            }
            Matcher written = WRITTEN.matcher(response.body());
            int bytes = written.find() ? Integer.parseInt(written.group(1)) : -1;
            boolean right = response.statusCode() == 200 && response.body().contains(kind.expected);
            if (!right || bytes < (kind.length == Length.LONG ? LONG_BYTES : 0)) {
                throw new IOException(kind + ": status " + response.statusCode() + ", " + bytes + " bytes written");
            }
            samples.add(new Sample(kind, millis, bytes));
        } catch (IOException e) {
            System.err.println("a request failed: " + e);
            failures.increment();
        }
    }

    /** Returns how many requests were not answered as they have to be; those that were refused with 429 are none of them. */
    long failures() {
        return failures.sum();
    }

    /** Returns how many requests were told to come again later. */
    long refusals() {
        return refusals.sum();
    }
}
