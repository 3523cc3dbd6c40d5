package io.retort.distill.teachers.served;

import io.retort.distill.teachers.UnsuitableTeacherException;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.function.Function;

/** A server's key. It goes into the request's header and nowhere else: not into text, and not back out of an answer. */
final class ApiKey {
    private final String variable;
    private final Optional<String> secret;

    private ApiKey(String variable, Optional<String> secret) {
        this.variable = variable;
        this.secret = secret;
    }

    /**
     * The key that an environment variable holds.
     *
     * @param variable its name; empty for a server that needs no key
     * @param environment from a variable's name to its value
     * @throws UnsuitableTeacherException if the variable is not set
     */
    static ApiKey of(String variable, Function<String, Optional<String>> environment) {
        if (variable.isEmpty()) {
            return new ApiKey(variable, Optional.empty());
        }
        Optional<String> secret = environment.apply(variable).map(String::strip).filter(s -> !s.isEmpty());
        if (secret.isEmpty()) {
            throw new UnsuitableTeacherException("expected the server's key in the environment variable " + variable
                    + ", found it unset (every executor needs it)");
        }
        return new ApiKey(variable, secret);
    }

    void authorise(HttpRequest.Builder request) {
        secret.ifPresent(key -> request.header("Authorization", "Bearer " + key));
    }

    /** The text with the key taken out: a server may repeat what it was sent. */
    String redact(String text) {
        return secret.map(key -> text.replace(key, "[key]")).orElse(text);
    }

    @Override
    public String toString() {
        return variable.isEmpty() ? "no key" : "key of " + variable;
    }
}
