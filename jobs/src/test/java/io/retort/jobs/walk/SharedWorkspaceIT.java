package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a workspace: at the same time, and after one was stopped or killed. */
class SharedWorkspaceIT {
    private static final String[] MORE = {"--set", "domain.math.documents.train=3000", "--json"};

    @TempDir
    Path workspace;

    private static Process start(Path said, String command, Path workspace, String... more) throws Exception {
        return ChildProcess.start(ProcessBuilder.Redirect.to(said.toFile()), Walk.words(command, workspace, more));
    }

    private List<String> outcomes(String job) throws Exception {
        return WorkspaceFiles.outcomes(workspace, "[^/]*-" + job + "-[^/]*");
    }

    private boolean hasCosts() throws Exception {
        return !WorkspaceFiles.matching(workspace, ".*/costs/[^.].*").isEmpty();
    }

    private Process startedTeaching(Path said) throws Exception {
        CommandLineRun prepared = Walk.run("prepare", workspace);
        assertThat(prepared.code()).as(prepared.err()).isZero();
        Process child = start(said, "teach", workspace);
        while (child.isAlive() && !hasCosts()) {
            Thread.sleep(20);
        }
        return child;
    }

    @Test
    void twoProcessesThatMakeTheSameCorpusLeaveOneThatIsWhole(@TempDir Path said) throws Exception {
        List<Process> both = List.of(
                start(said.resolve("one"), "prepare", workspace, MORE),
                start(said.resolve("other"), "prepare", workspace, MORE));

        for (Process each : both) {
            assertThat(each.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(each.exitValue())
                    .as(Files.readString(said.resolve("one")) + Files.readString(said.resolve("other")))
                    .isZero();
        }
        assertThat(outcomes("prepare")).containsExactly("done");
        WorkspaceFiles.assertOneWholeCorpus(workspace);
        assertThat(workspace.resolve("leases")).isEmptyDirectory();
    }

    @Test
    void aRunThatIsAskedToStopSaysSoKeepsWhatItHasAndEndsWith130(@TempDir Path said) throws Exception {
        Process child = startedTeaching(said.resolve("child"));

        child.destroy();

        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String output = Files.readString(said.resolve("child"));
        assertThat(child.exitValue()).as(output).isEqualTo(130);
        assertThat(output.lines().filter(line -> line.startsWith("retort: ")))
                .containsExactly("retort: interrupted; what was done is kept, run it again to go on");
        assertThat(output).doesNotContain("\tat ");
        assertThat(outcomes("teach")).containsExactly("interrupted");
        assertThat(workspace.resolve("leases")).isEmptyDirectory();
        assertThat(hasCosts()).isTrue();
    }

    @Test
    void aRunThatWasKilledIsMarkedAndSweptUpByTheNext(@TempDir Path said) throws Exception {
        Process child = startedTeaching(said.resolve("child"));
        child.destroyForcibly().waitFor();
        assertThat(outcomes("teach")).containsExactly("running");
        Path left = workspace
                .resolve("logits")
                .resolve(workspace.resolve("logits").toFile().list()[0])
                .resolve("costs/.left.tmp");
        Files.writeString(left, "left");

        CommandLineRun next = Walk.run("teach", workspace);

        assertThat(next.code()).as(next.err()).isZero();
        assertThat(next.err()).contains("is no more; going on where it was");
        assertThat(outcomes("teach")).containsExactly("killed", "done");
        assertThat(left).doesNotExist();
        assertThat(workspace.resolve("leases")).isEmptyDirectory();
    }
}
