package io.retort.jobs.workspaces;

import io.retort.datasets.storage.Storage;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach the workspace's filesystem, in a form that tasks carry. It may hold credentials: it goes into no log, no
 * file and no report.
 *
 * @param hadoop settings of Hadoop that differ from its defaults
 */
public record StorageSettings(Map<String, String> hadoop) implements Serializable {
    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";
    private static final String SPARK_HADOOP = "spark.hadoop.";

    public StorageSettings {
        hadoop = Map.copyOf(hadoop);
    }

    /**
     * The settings that this process was given as {@code spark.hadoop.*}, by spark-submit or as system properties, and S3's
     * credentials of its environment, which executors on other machines have not.
     */
    public static StorageSettings ofProcess() {
        Map<String, String> settings = new TreeMap<>(credentials(System.getenv()));
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(SPARK_HADOOP)) {
                settings.put(name.substring(SPARK_HADOOP.length()), System.getProperty(name));
            }
        }
        return new StorageSettings(settings);
    }

    static Map<String, String> credentials(Map<String, String> environment) {
        if (!environment.keySet().containsAll(List.of(ACCESS_KEY, SECRET_KEY))) {
            return Map.of();
        }
        Map<String, String> settings = new TreeMap<>();
        settings.put("fs.s3a.access.key", environment.getOrDefault(ACCESS_KEY, ""));
        settings.put("fs.s3a.secret.key", environment.getOrDefault(SECRET_KEY, ""));
        if (environment.containsKey(SESSION_TOKEN)) {
            settings.put("fs.s3a.session.token", environment.getOrDefault(SESSION_TOKEN, ""));
        }
        return settings;
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
