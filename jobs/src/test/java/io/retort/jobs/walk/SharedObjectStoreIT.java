package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a workspace in an object store: one is killed, two go on at the same time. */
class SharedObjectStoreIT {
    private static final String NAME = "shared";
    private static final long LONGEST_SECONDS = 300;

    @TempDir
    static Path directory;

    private static Process start(ObjectStore store, Path said) throws Exception {
        return ChildProcess.start(
                ProcessBuilder.Redirect.to(said.toFile()),
                store.spark(),
                ObjectStore.words("prepare", NAME, "--set", "domain.math.documents.train=2000"));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void ofTwoProcessesAfterOneThatWasKilledOneTakesItsLeaseAndTheOtherFindsAllDone() throws Exception {
        try (ObjectStore store = new ObjectStore(directory)) {
            Path workspace = store.bucket().resolve(NAME);
            Process killed = start(store, directory.resolve("killed"));
            while (killed.isAlive()
                    && WorkspaceFiles.matching(workspace, "runs/[^/]+/provenance.json")
                            .isEmpty()) {
                Thread.sleep(20);
            }
            killed.destroyForcibly().waitFor();
            assertThat(WorkspaceFiles.matching(workspace, "leases/.*lease"))
                    .as(Files.readString(directory.resolve("killed")))
                    .hasSize(1);
            assertThat(WorkspaceFiles.outcomes(workspace, "[^/]+")).containsExactly("running");

            Process one = start(store, directory.resolve("one"));
            Process other = start(store, directory.resolve("other"));

            assertThat(one.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(other.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(directory.resolve("one")) + Files.readString(directory.resolve("other"));
            assertThat(List.of(one.exitValue(), other.exitValue())).as(said).containsExactly(0, 0);
            assertThat(said).containsOnlyOnce("is no more; going on where it was");
            assertThat(WorkspaceFiles.outcomes(workspace, "[^/]+")).as(said).containsExactly("killed", "done");
            assertThat(WorkspaceFiles.matching(workspace, "leases/.*")).isEmpty();
            WorkspaceFiles.assertOneWholeCorpus(workspace);
        }
    }
}
