package io.retort.jobs.sessions;

import java.time.Duration;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tasks that Spark still runs. When one task of a stage fails for good, Spark tells the others to stop and does not wait
 * for it: they go on until they next ask for work, and meanwhile hold files open.
 */
public final class RunningTasks {
    private static final long LOOK_EVERY_MILLIS = 20;

    private RunningTasks() {}

    /**
     * Waits until the process' session runs no task, if it has one.
     *
     * @param most how long at most
     */
    public static void awaitNone(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (number() > 0 && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private static int number() {
        scala.Option<SparkSession> session = SparkSession.getDefaultSession();
        if (session.isEmpty() || session.get().sparkContext().isStopped()) {
            return 0;
        }
        // The status tracker learns of tasks some hundred milliseconds later.
        return session.get().sparkContext().taskScheduler() instanceof TaskSchedulerImpl scheduler
                ? CollectionConverters.asJava(scheduler.runningTasksByExecutors()).values().stream()
                        .mapToInt(tasks -> (Integer) tasks)
                        .sum()
                : 0;
    }
}
