package io.retort.inference.memory;

/**
 * How much memory experts and texts may take.
 *
 * @param maxBytes of the heap; {@link Long#MAX_VALUE} for as much as it takes
 * @param maxExperts that stay decoded, 1 or more; a text that is read by more has them all until it ends
 * @param compression of experts for which there is no room decoded
 * @param waiter what a thread does when others hold what it needs
 */
public record MemoryOptions(long maxBytes, int maxExperts, Compression compression, Waiter waiter) {
    /** All experts are decoded at once and stay, so that no thread ever waits. */
    public static final MemoryOptions UNLIMITED = new MemoryOptions(Long.MAX_VALUE, Compression.NONE, Waiter.NEVER);

    public MemoryOptions {
        if (maxBytes < 1 || maxExperts < 1) {
            throw new IllegalArgumentException(
                    "expected bounds of at least 1 byte and 1 expert, found " + maxBytes + " and " + maxExperts);
        }
    }

    /** With a bound of bytes alone. */
    public MemoryOptions(long maxBytes, Compression compression, Waiter waiter) {
        this(maxBytes, Integer.MAX_VALUE, compression, waiter);
    }

    /**
     * The same with another bound of experts.
     *
     * @throws IllegalArgumentException where threads could not wait for each other, as {@link #UNLIMITED} and {@link Waiter#NEVER} have
     *     it: who needs an expert that was given up may have to wait for the thread that decodes it again
     */
    public MemoryOptions keeping(int most) {
        if (waiter == Waiter.NEVER) {
            throw new IllegalArgumentException("expected options under which threads wait for each other, such as"
                    + " BoundedMemory.unlimited().keeping(" + most + "), found ones for a host of one thread");
        }
        return new MemoryOptions(maxBytes, most, compression, waiter);
    }
}
