package io.retort.bench.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Collects garbage again and again in a thread of its own, until it is asked for the most that was alive after any collection. */
final class HeapWatch {
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<Long> largest;

    /** Begins to watch. */
    HeapWatch(long before) {
        largest = thread.submit(() -> {
            long most = liveBytes() - before;
            while (running.get()) {
                most = Math.max(most, liveBytes() - before);
            }
            return most;
        });
    }

    /** Ends the watch; returns the most bytes beyond those before. */
    long most() throws InterruptedException, ExecutionException {
        running.set(false);
        long most = largest.get();
        thread.shutdown();
        return most;
    }

    /** What a collection left, whatever was allocated behind it. */
    static long liveBytes() {
        System.gc();
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            bytes += left == null ? 0 : left.getUsed();
        }
        return bytes;
    }
}
