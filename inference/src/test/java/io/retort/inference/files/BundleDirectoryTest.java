package io.retort.inference.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.Finding;
import io.retort.inference.bundles.TinyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleDirectoryTest {
    @TempDir
    Path temporary = Path.of("");

    private Path bundle = Path.of("");

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = TinyBundle.write(TinyBundle.files(List.of("a", "b")), temporary.resolve("bundle"));
    }

    @Test
    void aDirectoryOpensAlsoThroughALink() throws IOException {
        assertThat(BundleDirectory.open(bundle).experts()).hasSize(2);
        Path link = Files.createSymbolicLink(temporary.resolve("latest"), bundle);
        assertThat(BundleDirectory.open(link).experts()).hasSize(2);
        assertThat(BundleDirectory.verify(link).findings()).isEmpty();
    }

    @Test
    void aLinkInsideIsRefusedEvenWhereItLeadsToTheRightBytes() throws IOException {
        Path weights = bundle.resolve(BundleNames.weights("a"));
        Path outside = temporary.resolve("outside");
        Files.move(weights, outside);
        Files.createSymbolicLink(weights, outside);
        assertThatThrownBy(() -> BundleDirectory.open(bundle))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("experts/a.safetensors")
                .hasMessageContaining("symbolic link");
    }

    @Test
    void aLinkedSubdirectoryIsRefused() throws IOException {
        Path outside = temporary.resolve("outside");
        Files.move(bundle.resolve("experts"), outside);
        Files.createSymbolicLink(bundle.resolve("experts"), outside);
        assertThatThrownBy(() -> BundleDirectory.open(bundle)).hasMessageContaining("experts: expected a regular file");
    }

    @Test
    void nothingAFileAndAnEmptyDirectoryAreNoBundle() throws IOException {
        assertThatThrownBy(() -> BundleDirectory.open(temporary.resolve("none")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("none: expected a bundle's directory, found nothing");
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> BundleDirectory.verify(file)).hasMessageContaining("found a file");
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        assertThatThrownBy(() -> BundleDirectory.open(empty)).hasMessageContaining("SHA256SUMS: the file is missing");
    }

    @Test
    void moreFilesThanAnyBundleHasAreNotLookedAt() throws IOException {
        for (int i = 0; i < BundleNames.MAX_FILES; i++) {
            Files.createFile(bundle.resolve("f" + i));
        }
        assertThatThrownBy(() -> BundleDirectory.open(bundle))
                .hasMessageContaining("files and directories, found more");
    }

    @Test
    void moreDirectoriesThanAnyBundleHasAreNotLookedAt() throws IOException {
        for (int i = 0; i < BundleNames.MAX_FILES; i++) {
            Files.createDirectory(bundle.resolve("d" + i));
        }
        assertThatThrownBy(() -> BundleDirectory.open(bundle)).hasMessageContaining("directories, found more");
    }

    @Test
    void aDirectoryThatCannotBeReadIsAFindingBesideTheOthersAndItsNameDoesNotReachTheTerminal() throws IOException {
        Path closed = Files.createDirectory(bundle.resolve("no\u001b[2Jentry"));
        Files.createFile(bundle.resolve("stray"));
        Files.setPosixFilePermissions(closed, Set.of());
        assumeFalse(Files.isReadable(closed), "needs a user who is not allowed everything");
        try {
            assertThat(BundleDirectory.verify(bundle).findings())
                    .extracting(Finding::toString)
                    .anySatisfy(finding -> assertThat(finding).startsWith("no?[2Jentry: it cannot be read"))
                    .anySatisfy(finding -> assertThat(finding).startsWith("stray: "));
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void controlCharactersOfADirectorysNameDoNotReachTheMessage() {
        Path absent = temporary.resolve("a\u001b[2Jb");
        assertThatThrownBy(() -> BundleDirectory.open(absent))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("a?[2Jb: expected a bundle's directory, found nothing");
    }

    @Test
    void deepDirectoriesAreNotFollowed() throws IOException {
        Files.createDirectories(bundle.resolve("a/b/c/d/e/f"));
        assertThatThrownBy(() -> BundleDirectory.open(bundle))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("a/b/c/d");
    }
}
