package io.retort.inference.memory.blocking;

import io.retort.inference.memory.Compression;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.MemoryWait;
import io.retort.inference.memory.Patience;
import io.retort.inference.memory.Waiter;
import java.util.concurrent.CancellationException;

/** Memory for programs of several threads, within a bound or without. */
public final class BoundedMemory {
    private static final long NANOS_A_MILLISECOND = 1_000_000;

    private BoundedMemory() {}

    /**
     * At most so many bytes for experts and texts; experts for which there is no room are kept by DEFLATE. A call that finds no room
     * waits as long as its {@link Patience} says, and a thread that is interrupted while it waits gets a {@link CancellationException}.
     */
    public static MemoryOptions of(long maxBytes) {
        return new MemoryOptions(maxBytes, new DeflateCompression(), new Blocking());
    }

    /**
     * As many bytes as it takes, to which {@link MemoryOptions#keeping} gives a bound of experts: those that are given up are read from
     * the bundle again. Threads wait for each other as under {@link #of}, here only for an expert that another decodes.
     */
    public static MemoryOptions unlimited() {
        return new MemoryOptions(Long.MAX_VALUE, Compression.NONE, new Blocking());
    }

    private static final class Blocking implements Waiter {
        @Override
        public void await(Object monitor) {
            await(monitor, 0);
        }

        @Override
        public void await(Object monitor, MemoryWait call) {
            // Rounded up: 0 would be without end.
            await(monitor, call.remainingNanos() / NANOS_A_MILLISECOND + 1);
        }

        private static void await(Object monitor, long millis) {
            boolean interrupted = false;
            try {
                monitor.wait(millis);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while others held the memory that is needed");
            }
        }
    }
}
