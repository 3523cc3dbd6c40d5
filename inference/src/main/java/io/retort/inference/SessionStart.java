package io.retort.inference;

import io.retort.inference.routing.Routing;

/**
 * What a session is from its beginning to its end.
 *
 * @param routing that the first bytes of its text chose under {@code selection}
 * @param contextBytes how many these are
 * @param maxSymbols that its text may have, the start included
 */
record SessionStart(ExpertSelection selection, Routing routing, int contextBytes, int maxSymbols) {
    SessionStart {
        if (contextBytes < 0) {
            throw new IllegalArgumentException("expected a prompt of at least 0 bytes, found " + contextBytes);
        }
        if (maxSymbols < 1) {
            throw new IllegalArgumentException(
                    "expected a session of at least 1 symbol, found " + maxSymbols + " symbols");
        }
    }

    /**
     * Returns this, for a runtime of texts that may be so long.
     *
     * @throws IllegalArgumentException where the session's may be longer
     */
    SessionStart within(int longest) {
        if (maxSymbols > longest) {
            throw new IllegalArgumentException(
                    "expected a session of 1 to " + longest + " symbols, found " + maxSymbols);
        }
        return this;
    }
}
