package io.retort.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateOptionsTest {
    @Test
    void aStoredTypeThatNoBundleHasIsRefusedBeforeAnythingIsMade(@TempDir Path workspace) {
        for (String command : new String[] {"evaluate", "bundle", "generate"}) {
            CommandLineRun run =
                    CommandLineRun.of(command, "--workspace", workspace.toString(), "--set", "bundle.stored=bf16");
            assertThat(run.code()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).contains("retort.bundle.stored to be one of f32, f16, int8, found \"bf16\"");
        }
        assertThat(workspace.resolve("corpora")).doesNotExist();
    }
}
