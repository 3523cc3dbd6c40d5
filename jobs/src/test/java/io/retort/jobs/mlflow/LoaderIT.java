package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.environments.LoggedProcess;
import io.retort.jobs.environments.PythonEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Python that MLflow loads bundles by; its tests are in src/test/python/mlflow. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LoaderIT {
    @Test
    void theLoaderGivesEveryQuestionItsAnswerWhateverBecomesOfTheProcess(@TempDir Path directory) throws Exception {
        PythonEnvironment python = PythonEnvironment.of("mlflow");

        String said = LoggedProcess.run(
                new ProcessBuilder(python.program("python").toString(), "-B", "src/test/python/mlflow/test_bundle.py"),
                directory.resolve("log.txt"),
                Duration.ofMinutes(4));

        assertThat(said).containsPattern("Ran [6-9] tests").contains("OK").doesNotContain("skipped");
    }
}
