package io.retort.inference.memory;

import java.util.concurrent.CancellationException;

/** A call that waits for memory that others hold. Guarded by the monitor that its {@link Waiter} gets with it. */
public final class MemoryWait {
    /** How often who may tire is asked, which is also how late a cancelled call ends. */
    private static final long LOOK_NANOS = 20_000_000;

    private static final double NANOS_A_SECOND = 1e9;

    private final ExpertMemory memory;
    private final Patience patience;
    private boolean begun;
    private long since;

    final int[] experts;
    final long text;

    /** How often a later call was served before this one. */
    int passed;

    MemoryWait(ExpertMemory memory, int[] experts, long text, Patience patience) {
        this.memory = memory;
        this.text = text;
        this.experts = experts;
        this.patience = patience;
    }

    /**
     * Returns how long a thread may wait for the monitor before it asks again, 1 or more; the time of the call begins with the first
     * question.
     *
     * @throws MemoryWaitException where the call has waited as long as it would
     * @throws CancellationException where it was abandoned
     */
    public long remainingNanos() {
        long now = System.nanoTime();
        if (!begun) {
            begun = true;
            since = now;
        }
        if (patience.abandoned().getAsBoolean()) {
            throw new CancellationException("abandoned while others held the memory that is needed");
        }
        long left = patience.longestNanos() - (now - since);
        if (left <= 0) {
            throw new MemoryWaitException(memory.situation(this) + " after " + (now - since) / NANOS_A_SECOND
                    + " s: end answers that are open, in this thread too, or raise the bound");
        }
        return patience.mayTire() ? Math.min(left, LOOK_NANOS) : left;
    }
}
