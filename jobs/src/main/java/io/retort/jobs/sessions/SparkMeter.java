package io.retort.jobs.sessions;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
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
    private static final double MILLIS = 1000;
    /** Spark's words for an executor that it sent away itself, as dynamic allocation does with idle ones. */
    private static final String SENT_AWAY = "killed by driver";

    private final Supplier<SparkSession> sessions;
    private final Listener listener = new Listener();
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

    @Override
    public synchronized void close() {
        if (context != null && !context.isStopped()) {
            context.removeSparkListener(listener);
        }
    }

    private static final class Listener extends SparkListener {
        private SparkWork work = SparkWork.NONE;

        synchronized SparkWork work() {
            return work;
        }

        @Override
        public synchronized void onStageCompleted(SparkListenerStageCompleted completed) {
            work = new SparkWork(
                    work.stages() + 1,
                    work.tasks(),
                    work.failedTasks(),
                    work.taskSeconds(),
                    work.longestTaskSeconds(),
                    work.executorsLost(),
                    work.shuffleBytes(),
                    work.spilledBytes(),
                    work.peakHeapBytes());
        }

        @Override
        public synchronized void onTaskEnd(SparkListenerTaskEnd ended) {
            double seconds = ended.taskInfo().duration() / MILLIS;
            int failed = ended.taskInfo().successful() ? 0 : 1;
            // A task whose executor is lost has no metrics.
            Optional<TaskMetrics> metrics = Optional.ofNullable(ended.taskMetrics());
            long heap = ended.taskExecutorMetrics() == null
                    ? 0
                    : ended.taskExecutorMetrics().getMetricValue("JVMHeapMemory");
            work = new SparkWork(
                    work.stages(),
                    work.tasks() + 1 - failed,
                    work.failedTasks() + failed,
                    work.taskSeconds() + seconds,
                    Math.max(work.longestTaskSeconds(), seconds),
                    work.executorsLost(),
                    work.shuffleBytes()
                            + metrics.map(task -> task.shuffleWriteMetrics().bytesWritten())
                                    .orElse(0L),
                    work.spilledBytes()
                            + metrics.map(TaskMetrics::diskBytesSpilled).orElse(0L),
                    Math.max(work.peakHeapBytes(), heap));
        }

        @Override
        public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
            if (removed.reason().contains(SENT_AWAY)) {
                return;
            }
            work = new SparkWork(
                    work.stages(),
                    work.tasks(),
                    work.failedTasks(),
                    work.taskSeconds(),
                    work.longestTaskSeconds(),
                    work.executorsLost() + 1,
                    work.shuffleBytes(),
                    work.spilledBytes(),
                    work.peakHeapBytes());
        }
    }
}
