package io.retort.jobs.sessions;

import java.util.Locale;

/**
 * What Spark did for one run.
 *
 * @param stages that were completed, tried again ones as often as they were
 * @param tasks attempts that ended well
 * @param failedTasks attempts that did not: each was a retry, but where the run failed
 * @param taskSeconds of all attempts
 * @param longestTaskSeconds of the longest attempt
 * @param executorsLost executors that were gone before the run's end, without having been sent away
 * @param shuffleBytes written for other tasks
 * @param spilledBytes that did not fit into memory and went to disk
 * @param peakHeapBytes the most that one executor's heap held, as far as Spark looked
 */
public record SparkWork(
        int stages,
        int tasks,
        int failedTasks,
        double taskSeconds,
        double longestTaskSeconds,
        int executorsLost,
        long shuffleBytes,
        long spilledBytes,
        long peakHeapBytes) {
    private static final double MEBIBYTE = 1 << 20;
    static final SparkWork NONE = new SparkWork(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** One line for people. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "spark: %d stages, %d tasks of %.1f s (the longest %.1f s), %d failed, %d executors lost, %.1f MiB"
                        + " shuffled, %.1f MiB spilled, heap up to %.0f MiB",
                stages,
                tasks,
                taskSeconds,
                longestTaskSeconds,
                failedTasks,
                executorsLost,
                shuffleBytes / MEBIBYTE,
                spilledBytes / MEBIBYTE,
                peakHeapBytes / MEBIBYTE);
    }
}
