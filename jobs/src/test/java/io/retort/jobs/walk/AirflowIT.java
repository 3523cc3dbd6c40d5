package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.environments.PythonEnvironment;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The DAGs of {@code airflow-dags/} under a real Airflow: its tests are in Python. */
class AirflowIT {
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void theDagsDoWhatTheirTestsSay(@TempDir Path files) throws Exception {
        PythonEnvironment airflow = PythonEnvironment.of("airflow");
        ProcessBuilder builder = PythonTests.of(airflow, Path.of("src/test/python/airflow"), files);

        PythonTests.Outcome outcome = PythonTests.run(builder, files.resolve("tests.log"));

        assertThat(outcome.code()).as(outcome.said()).isZero();
        assertThat(outcome.summary()).as("all were run").contains(" passed").doesNotContain("skipped");
    }
}
