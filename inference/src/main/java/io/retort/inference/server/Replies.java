package io.retort.inference.server;

import io.retort.inference.http.HttpExchange;
import io.retort.inference.http.HttpProblem;
import io.retort.inference.http.HttpResponse;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Responses in JSON, and errors in the shape that OpenAI's clients read. */
final class Replies {
    /** The type of most bodies. */
    static final String JSON = "application/json";

    private Replies() {}

    static HttpResponse json(int status, JsonObject body) {
        return HttpResponse.of(status, JSON, bytes(body));
    }

    /** Sends a whole answer whose JSON may be large, as far as memory is set aside for it until it is sent. */
    static void sendLarge(HttpExchange exchange, byte[] json) throws IOException {
        reserve(exchange, json.length);
        exchange.respond(HttpResponse.of(200, JSON, json));
    }

    /**
     * Sets memory aside until the exchange is over.
     *
     * @throws ApiException 503 where other requests hold what there is
     */
    static void reserve(HttpExchange exchange, int bytes) {
        try {
            exchange.reserve(bytes);
        } catch (HttpProblem e) {
            throw ApiException.of(e.status(), String.valueOf(e.getMessage()));
        }
    }

    static HttpResponse error(ApiException e) {
        HttpResponse response = json(e.status(), errorBody(e));
        return e.status() == 401 ? response.with("WWW-Authenticate", "Bearer") : response;
    }

    static JsonObject errorBody(ApiException e) {
        JsonFields error =
                new JsonFields().with("message", String.valueOf(e.getMessage())).with("type", e.type());
        if (e.parameter().isEmpty()) {
            error.withNull("param");
        } else {
            error.with("param", e.parameter());
        }
        return new JsonFields().with("error", error.withNull("code").object()).object();
    }

    static byte[] bytes(JsonObject body) {
        return JsonWriter.compact(body).getBytes(StandardCharsets.UTF_8);
    }
}
