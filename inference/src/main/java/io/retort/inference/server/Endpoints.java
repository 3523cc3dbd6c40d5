package io.retort.inference.server;

import io.retort.inference.http.HttpExchange;
import io.retort.inference.http.HttpHandler;
import io.retort.inference.http.HttpProblem;
import io.retort.inference.http.HttpRequest;
import io.retort.inference.http.HttpResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finds who answers a request, and tells in OpenAI's shape what goes wrong. Thread-safe. */
final class Endpoints implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(Endpoints.class.getName());
    /** Needs no token: who watches a server need not be able to use it. */
    static final String HEALTH = "/health";

    private static final String OTHER = "other";
    /** What nginx calls the status of a request whose client left before any was sent. */
    private static final int CLIENT_LEFT = 499;

    private static final int RETRY_WHEN_FULL_SECONDS = 1;

    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    private final Admission admission;
    private final ServerMetrics metrics;
    private final GenerationQueue queue;
    private final BooleanSupplier stopping;

    Endpoints(Services services, Admission admission, BooleanSupplier stopping) {
        this.admission = admission;
        this.metrics = services.metrics();
        this.queue = services.queue();
        this.stopping = stopping;
        long created = services.ids().now();
        ServedModels models = services.models();
        RequestReading reading = services.reading();
        AnswerEndpoint answers = services.answers();
        add("GET", HEALTH, exchange -> exchange.respond(health()));
        add(
                "GET",
                "/metrics",
                exchange -> exchange.respond(HttpResponse.of(
                        200, ServerMetrics.CONTENT_TYPE, metrics.text().getBytes(StandardCharsets.UTF_8))));
        add("GET", "/v1/models", exchange -> exchange.respond(Replies.json(200, models.list(created))));
        add(
                "POST",
                "/v1/completions",
                exchange -> answers.handle(exchange, new CompletionShape(), reading::completion));
        add("POST", "/v1/chat/completions", exchange -> answers.handle(exchange, new ChatShape(), reading::chat));
        add(
                "GET",
                "/tokenizer_info",
                exchange -> exchange.respond(Replies.json(200, ByteTokens.info(reading.maxSymbols()))));
        TokenEndpoint tokens = new TokenEndpoint(queue, metrics);
        int longest = reading.maxSymbols();
        add("POST", "/tokenize", exchange -> tokens.handle(exchange, fields -> ByteTokens.tokenize(fields, longest)));
        add(
                "POST",
                "/detokenize",
                exchange -> tokens.handle(exchange, fields -> ByteTokens.detokenize(fields, longest)));
    }

    /** What the endpoints are made of. */
    record Services(
            ServedModels models,
            RequestReading reading,
            AnswerEndpoint answers,
            GenerationQueue queue,
            ServerMetrics metrics,
            ReplyIds ids) {}

    /** Answers the requests of a path. */
    @FunctionalInterface
    private interface Work {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private record Endpoint(String method, Work work) {}

    private void add(String method, String path, Work work) {
        endpoints.put(path, new Endpoint(method, work));
    }

    private HttpResponse health() {
        boolean stops = stopping.getAsBoolean();
        return Replies.json(
                stops ? 503 : 200,
                new JsonFields().with("status", stops ? "stopping" : "ok").object());
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long begun = System.nanoTime();
        HttpRequest request = exchange.request();
        try {
            find(request).work().answer(exchange);
        } catch (ApiException e) {
            exchange.respond(error(request, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a request failed", e);
            if (exchange.status() != 0) {
                throw new IOException("the answer broke off", e);
            }
            exchange.respond(error(request, failure(e)));
        } finally {
            int status = exchange.status() == 0 ? CLIENT_LEFT : exchange.status();
            metrics.answered(route(request), status, System.nanoTime() - begun);
        }
    }

    private String route(HttpRequest request) {
        return endpoints.containsKey(request.path()) ? request.path() : OTHER;
    }

    @Override
    public Optional<HttpResponse> refuseHead(HttpRequest head) {
        Optional<ApiException> refusal = admission.refusal(head);
        refusal.ifPresent(e -> metrics.answered(route(head), e.status(), 0));
        return refusal.map(Replies::error);
    }

    private static ApiException failure(Throwable thrown) {
        return thrown instanceof OutOfMemoryError
                ? ApiException.of(503, "the server has no memory for this request now; try again")
                : ApiException.of(500, "the request failed; the server's log says why");
    }

    private Endpoint find(HttpRequest request) {
        Endpoint endpoint = endpoints.get(request.path());
        if (endpoint == null) {
            throw ApiException.of(404, "expected one of the paths " + endpoints.keySet() + ", found another");
        }
        boolean head = request.method().equals("HEAD") && endpoint.method().equals("GET");
        if (!head && !request.method().equals(endpoint.method())) {
            throw ApiException.of(405, "expected " + endpoint.method() + " for this path, found another method");
        }
        return endpoint;
    }

    private HttpResponse error(HttpRequest request, ApiException e) {
        HttpResponse response = Replies.error(e);
        Endpoint endpoint = endpoints.get(request.path());
        if (e.status() == 405 && endpoint != null) {
            return response.with("Allow", endpoint.method());
        }
        return switch (e.status()) {
            case 429, 503 -> response.with("Retry-After", String.valueOf(queue.retrySeconds()));
            default -> response;
        };
    }

    @Override
    public HttpResponse refuse(HttpProblem problem) {
        metrics.answered(OTHER, problem.status(), 0);
        ApiException e = ApiException.of(problem.status(), String.valueOf(problem.getMessage()));
        return problem.status() == 503
                ? Replies.error(e).with("Retry-After", String.valueOf(RETRY_WHEN_FULL_SECONDS))
                : Replies.error(e);
    }
}
