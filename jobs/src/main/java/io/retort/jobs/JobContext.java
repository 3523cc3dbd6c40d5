package io.retort.jobs;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.provenance.RunLog;
import io.retort.jobs.sessions.Slices;
import io.retort.jobs.sessions.SparkWork;
import io.retort.jobs.workspaces.StorageSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What a job has at hand while it runs.
 *
 * @param sessions gives the Spark session, which starts when it is first asked for
 * @param slices into how many parts work is cut
 * @param storageSettings by which driver and tasks reach the workspace
 * @param progress where to show how far it is
 * @param log the run's record
 * @param work what Spark has done for the run until now; empty where it was not asked for anything
 */
public record JobContext(
        Supplier<SparkSession> sessions,
        Slices slices,
        StorageSettings storageSettings,
        Progress progress,
        RunLog log,
        Supplier<Optional<SparkWork>> work) {
    public SparkSession spark() {
        return sessions.get();
    }

    /** The session's context, for work on lists. */
    public JavaSparkContext sparkContext() {
        return JavaSparkContext.fromSparkContext(spark().sparkContext());
    }

    /** A distributed list, cut into slices. */
    public <T> JavaRDD<T> distribute(List<T> items) {
        JavaSparkContext context = sparkContext();
        return context.parallelize(items, slices.of(items.size(), context.defaultParallelism()));
    }

    /** The driver's way to the workspace. */
    public Storage storage() {
        return storageSettings.open();
    }
}
