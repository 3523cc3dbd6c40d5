package io.retort.jobs.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageSettingsTest {
    @Test
    void credentialsOfTheEnvironmentGoToTasksOnlyWhereTheyAreWhole() {
        assertThat(StorageSettings.credentials(Map.of("AWS_ACCESS_KEY_ID", "a")))
                .isEmpty();
        assertThat(StorageSettings.credentials(Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "s")))
                .isEqualTo(Map.of("fs.s3a.access.key", "a", "fs.s3a.secret.key", "s"));
        assertThat(StorageSettings.credentials(
                        Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "s", "AWS_SESSION_TOKEN", "t")))
                .containsEntry("fs.s3a.session.token", "t");
    }

    @Test
    void credentialsAreNotShown() {
        assertThat(new StorageSettings(Map.of("fs.s3a.secret.key", "hidden")).toString())
                .contains("fs.s3a.secret.key")
                .doesNotContain("hidden");
    }
}
