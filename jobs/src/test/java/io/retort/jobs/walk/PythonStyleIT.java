package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.environments.PythonEnvironment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our Python is formatted, and free of what the linter finds. */
class PythonStyleIT {
    private static final List<String> OURS =
            List.of("airflow-dags", "notebooks", "jobs/src/main/resources", "jobs/src/test/python");

    private static Shell ruff(String words) throws Exception {
        return Shell.run(PythonEnvironment.of("lint").program("ruff") + " " + words
                + " --no-cache --config environments/ruff.toml " + String.join(" ", OURS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"format --check", "check"})
    void theLinterFindsNothing(String words) throws Exception {
        Shell ruff = ruff(words);
        assertThat(ruff.code()).as(ruff.out() + ruff.err()).isZero();
    }

    @Test
    void theLinterDoesLook() throws Exception {
        assertThat(ruff("check --select D100,T201 --output-format concise").out())
                .contains("retort_airflow/dev.py");
    }
}
