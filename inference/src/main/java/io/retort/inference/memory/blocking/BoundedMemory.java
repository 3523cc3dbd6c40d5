package io.retort.inference.memory.blocking;

import io.retort.inference.memory.MemoryOptions;

/** Memory within a bound for programs of several threads. */
public final class BoundedMemory {
    private BoundedMemory() {}

    /** At most so many bytes for experts and texts; experts for which there is no room are kept by DEFLATE. */
    public static MemoryOptions of(long maxBytes) {
        return new MemoryOptions(maxBytes, new DeflateCompression(), BoundedMemory::await);
    }

    private static void await(Object monitor) {
        boolean interrupted = false;
        try {
            monitor.wait();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException(
                    "interrupted while others held the memory that is needed");
        }
    }
}
