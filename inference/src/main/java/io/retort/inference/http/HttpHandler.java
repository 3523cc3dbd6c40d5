package io.retort.inference.http;

import java.io.IOException;
import java.util.Optional;

/** What a server does with requests. Called by many threads at once. */
public interface HttpHandler {
    /**
     * Answers a request, by {@link HttpExchange#respond} or {@link HttpExchange#stream}, before it returns.
     *
     * @throws IOException where the client is gone or takes nothing
     */
    void handle(HttpExchange exchange) throws IOException;

    /**
     * Returns the response to a request of which only the head has come, before any of its body takes memory; or nothing where the
     * body is to be read. Lets all in unless it is overridden.
     *
     * @param head the request, its body empty
     */
    default Optional<HttpResponse> refuseHead(HttpRequest head) {
        return Optional.empty();
    }

    /** Returns the response to what never became a request. */
    HttpResponse refuse(HttpProblem problem);
}
