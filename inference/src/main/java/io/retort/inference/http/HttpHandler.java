package io.retort.inference.http;

import java.io.IOException;

/** What a server does with requests. Called by many threads at once. */
public interface HttpHandler {
    /**
     * Answers a request, by {@link HttpExchange#respond} or {@link HttpExchange#stream}, before it returns.
     *
     * @throws IOException where the client is gone or takes nothing
     */
    void handle(HttpExchange exchange) throws IOException;

    /** Returns the response to what never became a request. */
    HttpResponse refuse(HttpProblem problem);
}
