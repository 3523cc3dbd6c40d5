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

    /**
     * The same for a call that may have waited enough: waits no longer than {@link MemoryWait#remainingNanos} says, which ends the
     * call by what it throws. A waiter that leaves this as it is waits without end.
     */
    default void await(Object monitor, MemoryWait call) {
        await(monitor);
    }
}
