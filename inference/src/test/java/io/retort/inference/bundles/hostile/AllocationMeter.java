package io.retort.inference.bundles.hostile;

import java.lang.reflect.Method;

/**
 * Counts the bytes that the calling thread has allocated, by {@code com.sun.management.ThreadMXBean}. By reflection, since these tests
 * are compiled into a module that does not read the one of management, nor should.
 */
public final class AllocationMeter {
    private final Object threads;
    private final Method allocated;

    public AllocationMeter() {
        try {
            threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            allocated =
                    Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("expected a JVM that counts what threads allocate", e);
        }
    }

    public long bytes() {
        try {
            return (Long) allocated.invoke(threads, Thread.currentThread().getId());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
