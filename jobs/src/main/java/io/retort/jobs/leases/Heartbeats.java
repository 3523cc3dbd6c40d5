package io.retort.jobs.leases;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where all leases of this process give their signs of life: some threads, however many leases there are. */
final class Heartbeats {
    /** More than one, so that a storage that answers one sign slowly does not hold up those of other workspaces. */
    private static final int THREADS = 4;

    static final String THREAD = "retort-lease";

    private static final ScheduledThreadPoolExecutor EXECUTOR = executor();

    private Heartbeats() {}

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS, runnable -> {
            Thread thread = new Thread(runnable, THREAD);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Has this done again and again, until it is cancelled. */
    static Future<?> every(Duration time, Runnable beat) {
        return EXECUTOR.scheduleWithFixedDelay(beat, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
