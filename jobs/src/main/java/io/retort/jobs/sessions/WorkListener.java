package io.retort.jobs.sessions;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/** Adds up what Spark tells of a session. Safe for use by many threads. */
final class WorkListener extends SparkListener {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;
    /** Spark's words for an executor that it sent away itself, as dynamic allocation does with idle ones. */
    private static final String SENT_AWAY = "killed by driver";
    /** Spark's own metrics are accumulators too. */
    private static final String INTERNAL = "internal.";

    private static final String OF_SQL = "sql";

    private int stages;
    private int tasks;
    private int failedTasks;
    private double taskSeconds;
    private double longestTaskSeconds;
    private double processorSeconds;
    private double collectionSeconds;
    private int executorsLost;
    private long shuffleBytes;
    private long spilledBytes;
    private long peakHeapBytes;
    private long peakResidentBytes;
    /** By id, since a value is the accumulator's whole one, whichever stage tells it. */
    private final Map<Long, Counter> counters = new HashMap<>();

    private record Counter(String name, double value) {}

    synchronized SparkWork work() {
        TreeMap<String, Double> sums = new TreeMap<>();
        counters.values().forEach(counter -> sums.merge(counter.name, counter.value, Double::sum));
        return new SparkWork(
                stages,
                tasks,
                failedTasks,
                taskSeconds,
                longestTaskSeconds,
                processorSeconds,
                collectionSeconds,
                executorsLost,
                shuffleBytes,
                spilledBytes,
                peakHeapBytes,
                peakResidentBytes,
                sums);
    }

    @Override
    public synchronized void onStageCompleted(SparkListenerStageCompleted completed) {
        stages++;
        for (AccumulableInfo counter : CollectionConverters.asJava(
                        completed.stageInfo().accumulables())
                .values()) {
            boolean ours = counter.name().isDefined()
                    && !counter.name().get().startsWith(INTERNAL)
                    && !counter.metadata().contains(OF_SQL);
            if (ours && counter.value().isDefined() && counter.value().get() instanceof Number value) {
                counters.put(counter.id(), new Counter(counter.name().get(), value.doubleValue()));
            }
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd ended) {
        double seconds = ended.taskInfo().duration() / MILLIS;
        if (ended.taskInfo().successful()) {
            tasks++;
        } else {
            failedTasks++;
        }
        taskSeconds += seconds;
        longestTaskSeconds = Math.max(longestTaskSeconds, seconds);
        // A task whose executor is lost has no metrics.
        Optional.ofNullable(ended.taskMetrics()).ifPresent(this::add);
        Optional.ofNullable(ended.taskExecutorMetrics()).ifPresent(this::add);
    }

    private void add(TaskMetrics task) {
        processorSeconds += task.executorCpuTime() / NANOS;
        collectionSeconds += task.jvmGCTime() / MILLIS;
        shuffleBytes += task.shuffleWriteMetrics().bytesWritten();
        spilledBytes += task.diskBytesSpilled();
    }

    private void add(ExecutorMetrics executor) {
        peakHeapBytes = Math.max(peakHeapBytes, executor.getMetricValue("JVMHeapMemory"));
        // Other processes of its tree are those that Spark looks for them by, each a copy of the executor for a moment.
        peakResidentBytes = Math.max(peakResidentBytes, executor.getMetricValue("ProcessTreeJVMRSSMemory"));
    }

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        if (!removed.reason().contains(SENT_AWAY)) {
            executorsLost++;
        }
    }
}
