package io.retort.jobs.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Spark did for one run.
 *
 * @param stages that were completed, tried again ones as often as they were
 * @param tasks attempts that ended well
 * @param failedTasks attempts that did not: each was a retry, but where the run failed
 * @param taskSeconds of all attempts
 * @param longestTaskSeconds of the longest attempt
 * @param processorSeconds of the tasks' threads, without threads that a task starts itself
 * @param collectionSeconds that executors collected garbage for while tasks ran; each of its tasks counts them
 * @param executorsLost executors that were gone before the run's end, without having been sent away
 * @param shuffleBytes written for other tasks
 * @param spilledBytes that did not fit into memory and went to disk
 * @param peakHeapBytes the most that one executor's heap held, as far as Spark looked
 * @param peakResidentBytes the most that one executor's process had in memory, heap and all else, or 0 where
 *     {@code spark.executor.processTreeMetrics.enabled} is not set
 * @param counters by name, what the tasks' own accumulators came to
 */
public record SparkWork(
        int stages,
        int tasks,
        int failedTasks,
        double taskSeconds,
        double longestTaskSeconds,
        double processorSeconds,
        double collectionSeconds,
        int executorsLost,
        long shuffleBytes,
        long spilledBytes,
        long peakHeapBytes,
        long peakResidentBytes,
        SortedMap<String, Double> counters) {
    /** What no run did. */
    public static final SparkWork NONE = new SparkWork(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, new TreeMap<>());

    private static final double MEBIBYTE = 1 << 20;

    public SparkWork {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }

    /** What an event of a run's record says; figures that records of older versions lack are 0. */
    public static SparkWork of(JsonNode work) {
        TreeMap<String, Double> counters = new TreeMap<>();
        work.path("counters")
                .fields()
                .forEachRemaining(counter ->
                        counters.put(counter.getKey(), counter.getValue().asDouble()));
        return new SparkWork(
                work.path("stages").asInt(),
                work.path("tasks").asInt(),
                work.path("failedTasks").asInt(),
                work.path("taskSeconds").asDouble(),
                work.path("longestTaskSeconds").asDouble(),
                work.path("processorSeconds").asDouble(),
                work.path("collectionSeconds").asDouble(),
                work.path("executorsLost").asInt(),
                work.path("shuffleBytes").asLong(),
                work.path("spilledBytes").asLong(),
                work.path("peakHeapBytes").asLong(),
                work.path("peakResidentBytes").asLong(),
                counters);
    }

    /** This work and another's: sums, and of what is a most the greater. */
    public SparkWork plus(SparkWork other) {
        TreeMap<String, Double> sums = new TreeMap<>(counters);
        other.counters.forEach((name, value) -> sums.merge(name, value, Double::sum));
        return new SparkWork(
                stages + other.stages,
                tasks + other.tasks,
                failedTasks + other.failedTasks,
                taskSeconds + other.taskSeconds,
                Math.max(longestTaskSeconds, other.longestTaskSeconds),
                processorSeconds + other.processorSeconds,
                collectionSeconds + other.collectionSeconds,
                executorsLost + other.executorsLost,
                shuffleBytes + other.shuffleBytes,
                spilledBytes + other.spilledBytes,
                Math.max(peakHeapBytes, other.peakHeapBytes),
                Math.max(peakResidentBytes, other.peakResidentBytes),
                sums);
    }

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
