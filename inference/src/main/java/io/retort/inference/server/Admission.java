package io.retort.inference.server;

import io.retort.inference.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who is let in, as the head of a request tells: who shows the token, or where there is none who is no page of another site. Thread-safe.
 */
final class Admission {
    /** What clients send JSON as: {@code curl -d} calls all that it sends a form. */
    private static final Set<String> TYPES = Set.of("application/json", "application/x-www-form-urlencoded");

    private final Optional<BearerToken> token;
    private final AllowedHosts hosts;
    private final String open;

    /** @param open the path that needs no token */
    Admission(Optional<BearerToken> token, AllowedHosts hosts, String open) {
        this.token = token;
        this.hosts = hosts;
        this.open = open;
    }

    /** Returns why a request is not let in; nothing where it is. */
    Optional<ApiException> refusal(HttpRequest head) {
        return (token.isPresent() ? withToken(token.get(), head) : withoutToken(head)).or(() -> ofType(head));
    }

    /** A browser shows a token to nobody whom its page does not mean to. */
    private Optional<ApiException> withToken(BearerToken secret, HttpRequest head) {
        return head.path().equals(open) || secret.admits(head.field("authorization"))
                ? Optional.empty()
                : Optional.of(ApiException.of(
                        401, "expected Authorization: Bearer with this server's token, found none or another"));
    }

    private Optional<ApiException> withoutToken(HttpRequest head) {
        // HTTP/1.0 alone, which no browser speaks, has requests without a Host.
        if (!head.field("host").map(hosts::hasAuthority).orElse(true)) {
            return Optional.of(ApiException.of(
                    403,
                    "expected one of the hosts " + hosts + ", found another one (serve --allow-host lets more in)"));
        }
        if (!head.field("origin").map(hosts::hasOrigin).orElse(true)) {
            return Optional.of(ApiException.of(
                    403, "expected a page of one of the hosts " + hosts + " as Origin, found another one"));
        }
        return Optional.empty();
    }

    private static Optional<ApiException> ofType(HttpRequest head) {
        String type = head.field("content-type").orElse("");
        int semicolon = type.indexOf(';');
        String name =
                (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
        return name.isEmpty() || TYPES.contains(name)
                ? Optional.empty()
                : Optional.of(ApiException.of(415, "expected a body of type application/json, found another type"));
    }
}
