package io.retort.jobs.mlflow;

import java.time.Duration;

/** How long the next call to the server may take. */
@FunctionalInterface
interface Patience {
    /** Not negative; zero where no time is left. */
    Duration left();

    /** As long for each call. */
    static Patience each(Duration most) {
        return () -> most;
    }

    /** So long for all calls from now on together. */
    static Patience inAll(Duration most) {
        long begun = System.nanoTime();
        return () -> {
            Duration left = most.minusNanos(System.nanoTime() - begun);
            return left.isNegative() ? Duration.ZERO : left;
        };
    }
}
