package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.environments.PythonEnvironment;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The DAGs of {@code airflow-dags/} under a real Airflow, with real jobs: its tests are in Python. */
class AirflowIT {
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void theDagsDoWhatTheirTestsSay(@TempDir Path workspace, @TempDir Path files) throws Exception {
        PythonEnvironment airflow = PythonEnvironment.of("airflow");
        PythonEnvironment spark = PythonEnvironment.of("spark");
        Path settings = files.resolve("settings.json");
        PythonTests.writeSettings(settings);
        ProcessBuilder builder = PythonTests.of(airflow, Path.of("src/test/python/airflow"), files);
        builder.environment().put("RETORT_TEST_SPARK_HOME", spark.sparkHome().toString());
        builder.environment().put("RETORT_TEST_WORKSPACE", workspace.toString());
        builder.environment().put("RETORT_TEST_SETTINGS", settings.toString());

        PythonTests.Outcome outcome = PythonTests.run(builder, files.resolve("tests.log"));

        assertThat(outcome.code()).as(outcome.said()).isZero();
        assertThat(outcome.summary()).as("all were run").contains(" passed").doesNotContain("skipped");
        assertThat(workspace.resolve("bundles/quickstart")).isNotEmptyDirectory();
    }
}
