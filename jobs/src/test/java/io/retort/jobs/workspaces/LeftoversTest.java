package io.retort.jobs.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @Test
    void temporaryFilesAreRemovedAtAnyDepthAndNothingElse(@TempDir Path directory) throws Exception {
        Path below = Files.createDirectories(directory.resolve("domain=math/deeper"));
        Path whole = Files.writeString(below.resolve("part.parquet"), "x");
        Path hidden = Files.writeString(below.resolve(".keep"), "x");
        Files.writeString(below.resolve(".part.parquet.1.tmp"), "x");
        Files.writeString(directory.resolve(".manifest.json.2.tmp"), "x");

        int deleted = Leftovers.delete(
                Storage.local(),
                List.of(
                        Location.of(directory.toString()),
                        Location.of(directory.resolve("none").toString())));

        assertThat(deleted).isEqualTo(2);
        assertThat(below).isDirectoryContaining(whole::equals).isDirectoryContaining(hidden::equals);
        assertThat(below.toFile().list()).hasSize(2);
        assertThat(directory.toFile().list()).containsExactly("domain=math");
    }
}
