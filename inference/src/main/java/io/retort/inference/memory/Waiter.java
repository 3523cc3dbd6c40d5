package io.retort.inference.memory;

/** How a thread waits for others to give memory back. */
@FunctionalInterface
public interface Waiter {
    /** For a host of one thread, where nobody else could. */
    Waiter NEVER = monitor -> {
        throw new MemoryLimitException(
                "expected memory that is free, found all of it held by texts that are being written in pieces: end one of them");
    };

    /** Waits until another thread notifies {@code monitor}, which the caller holds. */
    void await(Object monitor);
}
