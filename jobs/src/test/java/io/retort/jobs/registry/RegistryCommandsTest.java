package io.retort.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCommandsTest {
    @TempDir
    Path workspace;

    private CommandLineRun run(String... words) {
        String[] whole = new String[words.length + 2];
        System.arraycopy(words, 0, whole, 0, words.length);
        whole[words.length] = "--workspace";
        whole[words.length + 1] = workspace.toString();
        return CommandLineRun.of(whole);
    }

    @Test
    void publishingWhereThereIsNoBundleIsOneLineAndExitCode2() {
        CommandLineRun run = run("publish");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().strip())
                .hasLineCount(1)
                .contains("expected a bundle in")
                .contains("retort quickstart");
    }

    @Test
    void promotingWithoutAChallengerSaysWhatMakesOne() {
        CommandLineRun run = run("promote");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().strip())
                .hasLineCount(1)
                .contains("expected a challenger of quickstart")
                .contains("retort publish makes one");
    }

    @Test
    void aVersionThatIsNotThereIsNamed() {
        CommandLineRun run = run("promote", "--version", "7");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("found no 7 among 0");
    }

    @Test
    void rollingBackWithoutAChampionSaysSo() {
        CommandLineRun run = run("rollback");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("expected a champion of quickstart to roll back, found none");
    }

    @Test
    void promoteHasHelpBesideItsOwnVersionOption() {
        assertThat(run("promote", "--help").out()).contains("--version=N").contains("--help");
    }
}
