package io.retort.jobs.workspaces;

import io.retort.datasets.storage.Storage;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach the workspace's filesystem, in a form that tasks carry. It may hold credentials: it goes into no log, no
 * file and no report.
 *
 * @param hadoop settings of Hadoop that differ from its defaults
 */
public record StorageSettings(Map<String, String> hadoop) implements Serializable {
    private static final String SPARK_HADOOP = "spark.hadoop.";

    public StorageSettings {
        hadoop = Map.copyOf(hadoop);
    }

    /** The settings that this process was given as {@code spark.hadoop.*}, by spark-submit or as system properties. */
    public static StorageSettings ofProcess() {
        Map<String, String> settings = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(SPARK_HADOOP)) {
                settings.put(name.substring(SPARK_HADOOP.length()), System.getProperty(name));
            }
        }
        return new StorageSettings(settings);
    }

    /** Opens the filesystem. */
    public Storage open() {
        return Storage.configured(hadoop);
    }

    @Override
    public String toString() {
        return "StorageSettings[" + hadoop.keySet() + "]";
    }
}
