package io.retort.inference.memory;

/**
 * How much memory experts and texts may take.
 *
 * @param maxBytes of the heap; {@link Long#MAX_VALUE} for as much as it takes
 * @param compression of experts for which there is no room decoded
 * @param waiter what a thread does when others hold what it needs
 */
public record MemoryOptions(long maxBytes, Compression compression, Waiter waiter) {
    /** All experts are decoded at once and stay. */
    public static final MemoryOptions UNLIMITED = new MemoryOptions(Long.MAX_VALUE, Compression.NONE, Waiter.NEVER);

    public MemoryOptions {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("expected a bound of at least 1 byte, found " + maxBytes);
        }
    }
}
