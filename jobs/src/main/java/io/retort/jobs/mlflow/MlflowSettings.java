package io.retort.jobs.mlflow;

import com.typesafe.config.Config;
import io.retort.jobs.config.Settings;
import java.time.Duration;

/**
 * The server that runs are logged to.
 *
 * @param url empty for none
 * @param experiment the experiment's name
 * @param patience how long a run waits for it in all
 */
public record MlflowSettings(String url, String experiment, Duration patience) {
    public MlflowSettings {
        if (!url.isEmpty()) {
            MlflowServer.checked(url);
        }
        if (experiment.isBlank()) {
            throw new IllegalArgumentException("expected a name as mlflow.experiment, found none");
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "expected at least 1 as mlflow.patience-seconds, found " + patience.toSeconds());
        }
    }

    /** What the settings say. */
    public static MlflowSettings of(Settings settings) {
        Config mlflow = settings.config().getConfig("mlflow");
        return new MlflowSettings(
                mlflow.getString("url"),
                mlflow.getString("experiment"),
                Duration.ofSeconds(mlflow.getInt("patience-seconds")));
    }
}
