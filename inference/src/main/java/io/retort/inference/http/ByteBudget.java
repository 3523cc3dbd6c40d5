package io.retort.inference.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all clients of a server together may have it hold: bodies on their way in and out. Thread-safe. */
final class ByteBudget {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
    }

    /** @throws HttpProblem 503 where there is not as much left */
    void take(long bytes) throws HttpProblem {
        if (taken.addAndGet(bytes) > most) {
            taken.addAndGet(-bytes);
            throw new HttpProblem(503, "the server holds " + most + " bytes of other requests; try again");
        }
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
