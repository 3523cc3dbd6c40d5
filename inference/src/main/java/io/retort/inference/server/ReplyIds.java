package io.retort.inference.server;

import java.time.Clock;
import java.util.UUID;

/** Names answers and says when they were given. Thread-safe. */
final class ReplyIds {
    private final Clock clock;

    ReplyIds(Clock clock) {
        this.clock = clock;
    }

    /** Returns a name that no other answer has. */
    String next() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Returns the seconds since 1970. */
    long now() {
        return clock.instant().getEpochSecond();
    }
}
