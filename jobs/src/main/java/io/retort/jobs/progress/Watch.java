package io.retort.jobs.progress;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at something again and again while the driver waits for Spark, and once more at the end. */
public final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final ScheduledExecutorService executor;
    private final Look look;

    private Watch(Look look) {
        this.look = look;
        this.executor = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "retort-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to look; all looks happen one after the other. */
    public static Watch every(Duration interval, Look look) {
        Watch watch = new Watch(look);
        long millis = interval.toMillis();
        watch.executor.scheduleWithFixedDelay(watch::once, millis, millis, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** What fails here is only the display: the work itself reports its own faults. */
    private synchronized void once() {
        try {
            look.look();
        } catch (IOException | RuntimeException e) {
            LOG.debug("could not look at the progress", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        once();
    }

    /** Reads how far something is and shows it. */
    @FunctionalInterface
    public interface Look {
        void look() throws IOException;
    }
}
