package io.retort.jobs;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.provenance.RunLog;
import io.retort.jobs.workspaces.StorageSettings;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * What a job has at hand while it runs.
 *
 * @param sessions gives the Spark session, which starts when it is first asked for
 * @param storageSettings by which driver and tasks reach the workspace
 * @param progress where to show how far it is
 * @param log the run's record
 */
public record JobContext(
        Supplier<SparkSession> sessions, StorageSettings storageSettings, Progress progress, RunLog log) {
    public SparkSession spark() {
        return sessions.get();
    }

    /** The driver's way to the workspace. */
    public Storage storage() {
        return storageSettings.open();
    }
}
