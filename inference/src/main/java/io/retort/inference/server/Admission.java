package io.retort.inference.server;

import io.retort.inference.http.HttpRequest;
import java.util.Optional;

/** Who is let in, as the head of a request tells. Thread-safe. */
final class Admission {
    private final Optional<BearerToken> token;
    private final String open;

    /** @param open the path that needs no token */
    Admission(Optional<BearerToken> token, String open) {
        this.token = token;
        this.open = open;
    }

    /** Returns why a request is not let in; nothing where it is. */
    Optional<ApiException> refusal(HttpRequest head) {
        if (token.isPresent()
                && !head.path().equals(open)
                && !token.get().admits(head.field("authorization"))) {
            return Optional.of(ApiException.of(
                    401, "expected Authorization: Bearer with this server's token, found none or another"));
        }
        return Optional.empty();
    }
}
