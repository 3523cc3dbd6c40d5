package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.inference.digests.Sha256;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a workspace in an object store: one is killed, two go on at the same time. */
class SharedObjectStoreIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "shared";
    private static final long LONGEST_SECONDS = 300;

    @TempDir
    static Path directory;

    private static Process start(ObjectStore store, Path said) throws Exception {
        List<String> words = new ArrayList<>(
                List.of(Walk.words("prepare", Path.of("unused"), "--set", "domain.math.documents.train=2000")));
        words.set(words.indexOf("--workspace") + 1, ObjectStore.workspace(NAME));
        return ChildProcess.start(
                ProcessBuilder.Redirect.to(said.toFile()), store.spark(), words.toArray(new String[0]));
    }

    private static List<Path> files(Path workspace, String pattern) throws Exception {
        if (!Files.exists(workspace)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(workspace)) {
            return files.filter(file -> workspace.relativize(file).toString().matches(pattern))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            // A file came or went while the directory was read.
            return files(workspace, pattern);
        }
    }

    private static List<String> outcomes(Path workspace) throws Exception {
        List<String> outcomes = new ArrayList<>();
        for (Path record : files(workspace, "runs/[^/]+/provenance.json")) {
            outcomes.add(JSON.readTree(record.toFile()).get("outcome").asText());
        }
        return outcomes;
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void ofTwoProcessesAfterOneThatWasKilledOneTakesItsLeaseAndTheOtherFindsAllDone() throws Exception {
        try (ObjectStore store = new ObjectStore(directory)) {
            Path workspace = store.bucket().resolve(NAME);
            Process killed = start(store, directory.resolve("killed"));
            while (killed.isAlive()
                    && files(workspace, "runs/[^/]+/provenance.json").isEmpty()) {
                Thread.sleep(20);
            }
            killed.destroyForcibly().waitFor();
            assertThat(files(workspace, "leases/.*lease"))
                    .as(Files.readString(directory.resolve("killed")))
                    .hasSize(1);
            assertThat(outcomes(workspace)).containsExactly("running");

            Process one = start(store, directory.resolve("one"));
            Process other = start(store, directory.resolve("other"));

            assertThat(one.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(other.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(directory.resolve("one")) + Files.readString(directory.resolve("other"));
            assertThat(List.of(one.exitValue(), other.exitValue())).as(said).containsExactly(0, 0);
            assertThat(said).containsOnlyOnce("is no more; going on where it was");
            assertThat(outcomes(workspace)).as(said).containsExactly("killed", "done");
            assertThat(files(workspace, "leases/.*")).isEmpty();
            assertWhole(files(workspace, "corpora/[^/]+/manifest.json"));
        }
    }

    private static void assertWhole(List<Path> manifests) throws Exception {
        assertThat(manifests).hasSize(1);
        JsonNode files = JSON.readTree(manifests.get(0).toFile()).get("files");
        assertThat(files).isNotEmpty();
        for (JsonNode file : files) {
            assertThat(Sha256.hex(
                            manifests.get(0).resolveSibling(file.get("path").asText())))
                    .isEqualTo(file.get("sha256").asText());
        }
    }
}
