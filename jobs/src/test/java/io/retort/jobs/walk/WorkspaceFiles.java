package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is in a workspace, also while processes write to it. */
final class WorkspaceFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WorkspaceFiles() {}

    /** Files and directories whose paths in the workspace match, in order: none where there is no workspace. */
    static List<Path> matching(Path workspace, String pattern) throws IOException {
        if (!Files.exists(workspace)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(workspace)) {
            return files.filter(file -> workspace.relativize(file).toString().matches(pattern))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            // A file came or went while the directory was read.
            return matching(workspace, pattern);
        }
    }

    /** How the runs ended whose names match, the earliest first. A run without a record is an error. */
    static List<String> outcomes(Path workspace, String names) throws IOException {
        List<String> outcomes = new ArrayList<>();
        for (Path run : matching(workspace, "runs/" + names)) {
            outcomes.add(JSON.readTree(run.resolve("provenance.json").toFile())
                    .get("outcome")
                    .asText());
        }
        return outcomes;
    }

    /** There is one corpus, and its files are those that its manifest tells of. */
    static void assertOneWholeCorpus(Path workspace) throws IOException {
        List<Path> manifests = matching(workspace, "corpora/[^/]+/manifest.json");
        assertThat(manifests).hasSize(1);
        Path manifest = manifests.get(0);
        JsonNode files = JSON.readTree(manifest.toFile()).get("files");
        assertThat(files).isNotEmpty();
        for (JsonNode file : files) {
            assertThat(Sha256.hex(manifest.resolveSibling(file.get("path").asText())))
                    .isEqualTo(file.get("sha256").asText());
        }
    }
}
