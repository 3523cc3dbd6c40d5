package io.retort.inference.server;

import io.retort.inference.json.JsonValue.JsonNumber;

/** Log-probabilities in JSON, which knows no infinity. */
final class TokenNumbers {
    /** What OpenAI's API writes for a token that is next to impossible. */
    private static final double IMPOSSIBLE = -9999;

    private TokenNumbers() {}

    static JsonNumber of(double logProbability) {
        return JsonNumber.of(Math.max(IMPOSSIBLE, logProbability));
    }
}
