package io.retort.jobs.sessions;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the session of another supplier, and counts what Spark does in it from the first time it is asked for. Nothing is
 * started that nobody asks for.
 */
public final class SparkMeter implements Supplier<SparkSession>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SparkMeter.class);
    private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(10);

    private final Supplier<SparkSession> sessions;
    private final WorkListener listener = new WorkListener();
    private @Nullable SparkContext context;

    public SparkMeter(Supplier<SparkSession> sessions) {
        this.sessions = sessions;
    }

    @Override
    public synchronized SparkSession get() {
        SparkSession session = sessions.get();
        if (context == null) {
            context = session.sparkContext();
            context.addSparkListener(listener);
        }
        return session;
    }

    /** What was done until now; nothing where nobody asked for the session. */
    public synchronized Optional<SparkWork> work() {
        if (context == null) {
            return Optional.empty();
        }
        if (!context.isStopped()) {
            try {
                context.listenerBus().waitUntilEmpty(LONGEST_DELIVERY.toMillis());
            } catch (TimeoutException e) {
                LOG.warn("Spark has not told of all its tasks yet; the run's figures lack some", e);
            }
        }
        return Optional.of(listener.work());
    }

    /** As {@link #work}, without waiting for what Spark has not told yet. */
    public synchronized Optional<SparkWork> workHeardOf() {
        return context == null ? Optional.empty() : Optional.of(listener.work());
    }

    @Override
    public synchronized void close() {
        if (context != null && !context.isStopped()) {
            context.removeSparkListener(listener);
        }
    }
}
