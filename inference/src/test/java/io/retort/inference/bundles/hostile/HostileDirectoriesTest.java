package io.retort.inference.bundles.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.tensors.StoredType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file system can do to a bundle that memory cannot. Every file's content is what it should be, wherever it lies. */
class HostileDirectoriesTest {
    @TempDir
    Path temporary = Path.of("");

    private final BaseBundle base = new BaseBundle(StoredType.INT8, new Random(1), mutation -> {});
    private int bundles;

    /** A change of a bundle in a directory. */
    private interface Change {
        void apply(Path bundle, Path file) throws IOException;
    }

    private Path write() throws IOException {
        return TinyBundle.write(base.files(), temporary.resolve("b" + bundles++));
    }

    private void assertRefusedForEachFile(Change change, String word) throws IOException {
        for (String path : base.files().keySet()) {
            Path bundle = write();
            change.apply(bundle, bundle.resolve(path));
            assertThatThrownBy(() -> BundleDirectory.open(bundle))
                    .as(path)
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining(word);
            assertThat(BundleDirectory.verify(bundle).passed()).isFalse();
        }
    }

    @Test
    void aLinkToTheVeryFileIsRefused() throws IOException {
        assertRefusedForEachFile(
                (bundle, file) -> {
                    Path outside = temporary.resolve("outside" + bundles);
                    Files.move(file, outside);
                    Files.createSymbolicLink(file, outside);
                },
                "symbolic link");
    }

    @Test
    void aLinkInsideTheBundleIsRefused() throws IOException {
        assertRefusedForEachFile(
                (bundle, file) -> Files.createSymbolicLink(file.resolveSibling("link"), file.getFileName()),
                "symbolic link");
    }

    @Test
    void aLinkToNothingOrToItselfIsRefused() throws IOException {
        assertRefusedForEachFile(
                (bundle, file) -> {
                    Files.delete(file);
                    Files.createSymbolicLink(file, Path.of("nothing"));
                },
                "symbolic link");
        assertRefusedForEachFile(
                (bundle, file) -> {
                    Files.delete(file);
                    Files.createSymbolicLink(file, file.getFileName());
                },
                "symbolic link");
    }

    @Test
    void aLinkedDirectoryIsRefused() throws IOException {
        Path bundle = write();
        Path outside = temporary.resolve("experts");
        Files.move(bundle.resolve("experts"), outside);
        Files.createSymbolicLink(bundle.resolve("experts"), outside);
        assertThatThrownBy(() -> BundleDirectory.open(bundle)).hasMessageContaining("symbolic link");
        Path looped = write();
        Files.createSymbolicLink(looped.resolve("experts/up"), Path.of(".."));
        assertThatThrownBy(() -> BundleDirectory.open(looped)).hasMessageContaining("symbolic link");
    }

    @Test
    void aDirectoryOfAFilesNameIsRefused() throws IOException {
        assertRefusedForEachFile(
                (bundle, file) -> {
                    Files.delete(file);
                    Files.createDirectories(file.resolve("x"));
                },
                ": the file is");
    }

    @Test
    void aNameThatDiffersInCaseAloneIsRefusedBesideTheFileAndInItsPlace() throws IOException {
        Change beside = (bundle, file) -> Files.copy(file, otherCase(file));
        assertRefusedForEachFile(beside, "the file is there but not in SHA256SUMS");
        assertRefusedForEachFile((bundle, file) -> Files.move(file, otherCase(file)), "the file is");
    }

    private static Path otherCase(Path file) {
        String name = file.getFileName().toString();
        String upper = name.toUpperCase(Locale.ROOT);
        return file.resolveSibling(upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper);
    }

    @Test
    void aSignatureThatIsALinkOrADirectoryIsRefused() throws IOException {
        Path linked = write();
        Path outside = temporary.resolve("signature");
        Files.write(outside, base.signed().getOrDefault(BundleNames.SIGNATURE, new byte[0]));
        Files.createSymbolicLink(linked.resolve(BundleNames.SIGNATURE), outside);
        assertThatThrownBy(() -> BundleDirectory.open(linked)).hasMessageContaining("symbolic link");
        Path directory = write();
        Files.createDirectory(directory.resolve(BundleNames.SIGNATURE));
        Files.write(directory.resolve(BundleNames.SIGNATURE).resolve("x"), new byte[1]);
        assertThatThrownBy(() -> BundleDirectory.open(directory)).hasMessageContaining("SHA256SUMS.sig/x");
    }

    @Test
    void aFileThatGrowsBetweenListingAndReadingIsRefused() throws IOException {
        for (String path : base.files().keySet()) {
            Path bundle = write();
            BundleDirectory source = new BundleDirectory(bundle);
            int most = BundleNames.mostBytes(path);
            byte[] content = Files.readAllBytes(bundle.resolve(path));
            assertThat(source.read(path, content.length)).isEqualTo(content);
            assertThatThrownBy(() -> source.read(path, content.length - 1))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("found more");
            assertThatThrownBy(() -> source.digest(path, content.length - 1, new io.retort.inference.digests.Sha256()))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("found more");
            Files.delete(bundle.resolve(path));
            assertThatThrownBy(() -> source.read(path, most)).isInstanceOf(BundleException.class);
        }
    }
}
