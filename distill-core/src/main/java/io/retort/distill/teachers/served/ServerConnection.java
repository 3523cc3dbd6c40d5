package io.retort.distill.teachers.served;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retort.distill.http.BoundedBody;
import io.retort.distill.teachers.UnsuitableTeacherException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to one server, sent until they are answered: again on 429, on 5xx, when an answer does not come in time, breaks
 * off or is not what was asked for; never again on any other status. Safe for use by many threads; a thread that is
 * interrupted stops at once and ends its exchange.
 */
final class ServerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int FAILURES_TO_OPEN = 6;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_ERROR = 500;
    private static final int REQUEST_TIMEOUT = 408;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final URI root;
    private final Traffic traffic;
    private final ApiKey key;
    private final CircuitBreaker breaker;
    private final HttpClient client;

    /**
     * To a server whose key is in this process' environment.
     *
     * @throws UnsuitableTeacherException if the variable that should hold it is not set
     */
    static ServerConnection to(URI root, Traffic traffic) {
        ApiKey key = ApiKey.of(traffic.keyVariable(), name -> Optional.ofNullable(System.getenv(name)));
        return new ServerConnection(root, traffic, key);
    }

    ServerConnection(URI root, Traffic traffic, ApiKey key) {
        this.root = root;
        this.traffic = traffic;
        this.key = key;
        this.breaker = new CircuitBreaker(
                FAILURES_TO_OPEN + traffic.inFlight(),
                traffic.attempts(),
                traffic.firstPause(),
                java.time.Clock.systemUTC());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // a key is for one host
                .connectTimeout(traffic.timeout())
                .build();
    }

    /** Where a message says that something happened. */
    String where() {
        return root.toString();
    }

    /** How often the server was away and came back. */
    long outages() {
        return breaker.outages();
    }

    /** A request and the longest answer it may have. */
    private record Call(HttpRequest request, long mostBytes) {}

    /** Asks for a page. */
    <T> T get(String path, AnswerReader<T> reader)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        return answer(new Call(request(path).GET().build(), 64L << 20), reader);
    }

    /** Posts JSON. */
    <T> T post(String path, JsonNode body, long mostBytes, AnswerReader<T> reader)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return answer(new Call(request, mostBytes), reader);
    }

    private HttpRequest.Builder request(String path) {
        String base = root.toString().replaceAll("/+$", "");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "application/json");
        key.authorise(request);
        return request;
    }

    private <T> T answer(Call call, AnswerReader<T> reader)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            if (!breaker.await()) {
                breaker.reset();
                throw unavailable("it failed at every request and every trial after that");
            }
            TransientFaultException fault;
            try {
                T answer = attempt(call, reader);
                breaker.succeeded();
                return answer;
            } catch (TransientFaultException e) {
                fault = e;
            } catch (RefusedRequestException e) {
                breaker.succeeded(); // a server that refuses works
                throw e;
            } catch (InterruptedException | RuntimeException e) {
                breaker.abandoned();
                throw e;
            }
            if (fault.kind() == TransientFaultException.Kind.BUSY) {
                breaker.abandoned();
            } else {
                breaker.failed();
            }
            LOG.debug(
                    "attempt {} of {} at {}: {}",
                    attempt,
                    traffic.attempts(),
                    call.request().uri(),
                    fault.getMessage());
            if (attempt >= traffic.attempts()) {
                throw exhausted(fault);
            }
            Thread.sleep(pause(attempt, fault).toMillis());
        }
    }

    private FailedRequestException exhausted(TransientFaultException fault) {
        String words = "after " + traffic.attempts() + " attempts: " + fault.getMessage();
        if (fault.kind() == TransientFaultException.Kind.FAILED) {
            return new FailedRequestException(words);
        }
        throw unavailable(words);
    }

    /** What is thrown when the server is away, ready to pass through code that knows no checked exceptions. */
    UncheckedIOException unavailable(String words) {
        return new UncheckedIOException(new TeacherUnavailableException(
                "expected the teacher's server at " + root + " to answer, found " + words));
    }

    private Duration pause(int attempt, TransientFaultException fault) {
        long longest = Math.min(LONGEST_PAUSE.toMillis(), traffic.firstPause().toMillis() << Math.min(attempt - 1, 16));
        // Decides nothing but when: threads that failed together do not return together.
        long millis = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
        return Duration.ofMillis(Math.max(millis, fault.patience().toMillis()));
    }

    private <T> T attempt(Call call, AnswerReader<T> reader)
            throws TransientFaultException, RefusedRequestException, InterruptedException {
        HttpResponse<byte[]> response = exchange(call);
        int status = response.statusCode();
        if (status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT || status >= INTERNAL_ERROR) {
            TransientFaultException.Kind kind = status == INTERNAL_ERROR
                    ? TransientFaultException.Kind.FAILED
                    : status == TOO_MANY_REQUESTS
                            ? TransientFaultException.Kind.BUSY
                            : TransientFaultException.Kind.BROKEN;
            throw new TransientFaultException(
                    kind, words(response), RetryAfter.of(response.headers(), java.time.Clock.systemUTC()));
        }
        if (status == 401 || status == 403) {
            throw new UnsuitableTeacherException("expected the server at " + root + " to accept the request with " + key
                    + ", found status " + status);
        }
        if (status != 200) {
            throw new RefusedRequestException(status, words(response));
        }
        try {
            return reader.read(JSON.readTree(response.body()));
        } catch (IOException e) {
            throw TransientFaultException.broken(
                    "expected JSON, found " + response.body().length + " bytes that are none");
        } catch (InvalidAnswerException e) {
            throw TransientFaultException.broken(key.redact(String.valueOf(e.getMessage())));
        }
    }

    private HttpResponse<byte[]> exchange(Call call) throws TransientFaultException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                call.request(), info -> new BoundedBody<>(BodySubscribers.ofByteArray(), call.mostBytes()));
        try {
            // The request's own time-out ends with the headers; a body may drip for ever.
            return exchange.get(traffic.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw TransientFaultException.broken(
                    "no answer within " + traffic.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            // Java's client has no words for a connection that nobody accepts.
            String words = cause.getMessage() == null ? "no connection" : key.redact(cause.getMessage());
            throw TransientFaultException.broken(words + " (" + cause.getClass().getSimpleName() + ")");
        } finally {
            exchange.cancel(true);
        }
    }

    /** What the server says, in one short line. */
    private String words(HttpResponse<byte[]> response) {
        return "status " + response.statusCode() + ": " + ServerWords.of(key.redact(ServerWords.text(response.body())));
    }
}
