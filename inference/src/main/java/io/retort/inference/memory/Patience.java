package io.retort.inference.memory;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long a call waits for memory that others hold. Immutable, thread-safe as its condition is.
 *
 * @param longestNanos from the first moment without room, 0 or less for not at all; then the call ends with a {@link
 *     MemoryWaitException}
 * @param abandoned asked while the call waits, several times a second, in its thread: where it is true the call ends with a {@link
 *     java.util.concurrent.CancellationException}
 */
public record Patience(long longestNanos, BooleanSupplier abandoned) {
    private static final BooleanSupplier NEVER = () -> false;

    /** A minute, of which nobody tires: of calls that say nothing else. */
    public static final Patience STANDARD = new Patience(60_000_000_000L, NEVER);

    /** Waits at most so long. */
    public static Patience of(Duration longest) {
        return new Patience(longest.toNanos(), NEVER);
    }

    /**
     * The same, but no longer than until {@code condition} is true, such as that nobody wants the answer any more. Of several, any ends
     * it.
     */
    public Patience unless(BooleanSupplier condition) {
        return new Patience(
                longestNanos, mayTire() ? () -> abandoned.getAsBoolean() || condition.getAsBoolean() : condition);
    }

    /** Whether {@link #abandoned} has to be asked. */
    boolean mayTire() {
        return abandoned != NEVER;
    }
}
