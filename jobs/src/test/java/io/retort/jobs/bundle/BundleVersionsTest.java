package io.retort.jobs.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.SemanticVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleVersionsTest {
    @TempDir
    Path directory;

    private BundleVersions versions;

    @BeforeEach
    void versions() throws IOException {
        versions = new BundleVersions(Storage.local(), Location.of(directory.toString()));
        for (String name : new String[] {"1.0.0", "1.0.1", "1.0.10", "my copy", "latest"}) {
            Path bundle = Files.createDirectory(directory.resolve(name));
            Files.writeString(bundle.resolve(BundleNames.CHECKSUMS), "");
        }
    }

    @Test
    void aDirectoryThatIsNoVersionIsInNobodysWay() throws IOException {
        assertThat(versions.all()).extracting(SemanticVersion::toString).containsExactly("1.0.0", "1.0.1", "1.0.10");
        assertThat(versions.newest().map(SemanticVersion::toString)).contains("1.0.10");
        assertThat(versions.next()).hasToString("1.0.11");
    }

    @Test
    void aVersionThatIsDamagedIsInNobodysWay() throws IOException {
        Files.writeString(directory.resolve("1.0.1").resolve(BundleNames.PROVENANCE), "{ not JSON");

        // 1.0.10 and 1.0.0 have none at all.
        assertThat(versions.madeFrom("0123456789abcdef")).isEmpty();
    }
}
