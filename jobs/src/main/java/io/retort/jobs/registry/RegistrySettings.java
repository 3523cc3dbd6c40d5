package io.retort.jobs.registry;

import com.typesafe.config.Config;
import io.retort.jobs.config.Settings;

/**
 * Which registry.
 *
 * @param url of the MLflow server that is the registry; empty for the workspace
 * @param experiment of MLflow that what belongs to versions goes into
 * @param patienceSeconds how long one call to the server may take
 */
public record RegistrySettings(String url, String experiment, int patienceSeconds) {
    /** The settings' registry. */
    public static RegistrySettings of(Settings settings) {
        Config config = settings.config();
        return new RegistrySettings(
                config.getString("registry.url"),
                config.getString("mlflow.experiment"),
                config.getInt("mlflow.patience-seconds"));
    }

    /** Whether it is the workspace. */
    public boolean inWorkspace() {
        return url.isEmpty();
    }
}
