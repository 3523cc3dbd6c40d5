package io.retort.datasets.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorageTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory = Path.of("unset");

    /** A file system under a scheme of its own, as an object store or HDFS would be, that refuses to rename over a file. */
    public static final class OtherFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("other:///");
        }

        @Override
        public java.io.File pathToFile(org.apache.hadoop.fs.Path path) {
            return new java.io.File(path.toUri().getPath());
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            return !exists(to) && super.rename(from, to);
        }

        /** As HDFS does, makes a file that may not be there in one step; the local one's own looks first and makes it then. */
        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int buffer,
                short replication,
                long block,
                Progressable progress)
                throws IOException {
            if (!overwrite) {
                Path file = pathToFile(path).toPath();
                Files.createDirectories(file.getParent());
                Files.createFile(file);
            }
            return super.create(path, true, buffer, replication, block, progress);
        }
    }

    private enum Kind {
        PLAIN_PATH(""),
        FILE_URI("file:"),
        OTHER_SCHEME("other:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        Location at(Path path) {
            return Location.of(prefix + path);
        }
    }

    private static final Storage STORAGE = Storage.configured(Map.of("fs.other.impl", OtherFileSystem.class.getName()));

    private static Storage storage() {
        return STORAGE;
    }

    private List<String> namesIn(Path path) throws IOException {
        try (Stream<Path> entries = Files.walk(path)) {
            return entries.filter(Files::isRegularFile)
                    .map(file -> path.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsWrittenIsReadBackAndNothingElseIsLeft(Kind kind) throws IOException {
        Storage storage = storage();
        Location file = kind.at(directory).resolve("a b/c%d/ü=1/file.bin");
        assertThat(storage.exists(file)).isFalse();
        storage.write(file, HELLO);
        assertThat(storage.exists(file)).isTrue();
        assertThat(storage.length(file)).isEqualTo(5);
        assertThat(storage.read(file, 5)).isEqualTo(HELLO);
        // printf hello | sha256sum
        assertThat(storage.sha256(file)).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(namesIn(directory)).containsExactly("a b/c%d/ü=1/file.bin");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void writingAgainReplaces(Kind kind) throws IOException {
        Location file = kind.at(directory).resolve("file");
        storage().write(file, HELLO);
        storage().write(file, new byte[] {1});
        assertThat(storage().read(file, 10)).containsExactly(1);
        assertThat(namesIn(directory)).containsExactly("file");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFileIsNotThereBeforeItsCommitAndLeavesNothingWithoutOne(Kind kind) throws IOException {
        Location file = kind.at(directory).resolve("x/file");
        try (PendingFile pending = storage().create(file)) {
            try (OutputStream out = pending.stream()) {
                out.write(HELLO);
            }
            assertThat(storage().exists(file)).isFalse();
            assertThat(storage().list(kind.at(directory.resolve("x")))).isEmpty();
        }
        assertThat(namesIn(directory)).isEmpty();
        try (PendingFile neverOpened = storage().create(file)) {
            assertThat(neverOpened.target()).isEqualTo(file);
        }
        assertThat(namesIn(directory)).isEmpty();
    }

    @Test
    void manyWritersOfOneFileLeaveOneWholeFile() throws Exception {
        Location file = Location.of(directory.toString()).resolve("file");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byte[] bytes = Integer.toString(i).repeat(100_000).getBytes(StandardCharsets.US_ASCII);
                writers.add(() -> {
                    storage().write(file, bytes);
                    return null;
                });
            }
            for (Future<Void> future : threads.invokeAll(writers)) {
                future.get();
            }
        } finally {
            threads.shutdown();
        }
        String text = new String(storage().read(file, 1 << 20), StandardCharsets.US_ASCII);
        String unit = text.length() == 100_000 ? text.substring(0, 1) : text.substring(0, 2);
        assertThat(text).isEqualTo(unit.repeat(100_000));
        assertThat(namesIn(directory)).containsExactly("file");
    }

    @Test
    void aListingIsSortedAndLeavesOutHiddenEntries() throws IOException {
        for (String name :
                List.of("b.txt", "a.txt", "_SUCCESS", ".hidden", "sub/c.txt", "sub/deep/d.txt", "sub/e.bin")) {
            storage().write(Location.of(directory + "/" + name), HELLO);
        }
        Location root = Location.of(directory.toString() + "/");
        assertThat(storage().list(root)).extracting(Location::name).containsExactly("a.txt", "b.txt", "sub");
        assertThat(storage().filesBelow(root, ".txt"))
                .extracting(Location::name)
                .containsExactly("a.txt", "b.txt", "c.txt", "d.txt");
        assertThat(storage().list(root.resolve("nowhere"))).isEmpty();
        assertThat(storage().isDirectory(root.resolve("sub"))).isTrue();
        assertThat(storage().isDirectory(root.resolve("a.txt"))).isFalse();
        assertThat(storage().isDirectory(root.resolve("nowhere"))).isFalse();
        assertThat(storage().delete(root.resolve("sub"))).isTrue();
        assertThat(storage().delete(root.resolve("sub"))).isFalse();
        assertThat(storage().list(root)).extracting(Location::name).containsExactly("a.txt", "b.txt");
    }

    @Test
    void whatAKilledWriterLeftIsRemovedOnRequest() throws IOException {
        Location file = Location.of(directory.toString()).resolve("file");
        PendingFile killed = storage().create(file);
        try (OutputStream out = killed.stream()) {
            out.write(HELLO);
        }
        assertThat(namesIn(directory)).hasSize(1);
        assertThat(storage().deleteUnfinishedBelow(Location.of(directory.toString())))
                .isEqualTo(1);
        assertThat(namesIn(directory)).isEmpty();
        assertThat(storage().deleteUnfinishedBelow(file.resolve("nowhere"))).isZero();
    }

    @Test
    void faultsSayWhatWasExpectedAndWhere() throws IOException {
        Location root = Location.of(directory.toString());
        storage().write(root.resolve("file"), HELLO);
        assertThatThrownBy(() -> storage().read(root.resolve("file"), 4))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("at most 4")
                .hasMessageContaining("5 in " + root);
        assertThatThrownBy(() -> storage().read(root.resolve("none"), 4))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> storage().open(root))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a file");
        assertThatThrownBy(() -> storage().exists(Location.of("nosuch://host/x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nosuch");
        assertThatThrownBy(() -> storage().write(root.resolve("file/below"), HELLO))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aLocalFileIsItsOwnCopy() throws IOException {
        Location file = Location.of("file:" + directory).resolve("file");
        storage().write(file, HELLO);
        assertThat(storage().localCopy(file, "unused", directory.resolve("cache")))
                .isEqualTo(directory.resolve("file"));
        try (InputStream in = storage().open(file)) {
            assertThat(in.readAllBytes()).isEqualTo(HELLO);
        }
    }

    @Test
    void aFileElsewhereIsCopiedOnceAndItsDigestChecked() throws IOException {
        Location file = Location.of("other:" + directory).resolve("file");
        storage().write(file, HELLO);
        Path cache = directory.resolve("cache");
        String digest = storage().sha256(file);
        Path copy = storage().localCopy(file, digest, cache);
        assertThat(copy).hasBinaryContent(HELLO).hasParentRaw(cache);
        assertThat(storage().localCopy(file, digest, cache)).isEqualTo(copy);
        assertThatThrownBy(() -> storage().localCopy(file, "0".repeat(64), cache))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(digest);
        assertThat(namesIn(cache)).containsExactly(copy.getFileName().toString());
    }

    @Test
    void aLocationCannotLeaveItsRoot() {
        Location root = Location.of("/workspace/");
        assertThat(root).isEqualTo(Location.of("/workspace"));
        assertThat(root.resolve("a/b")).hasToString("/workspace/a/b");
        assertThat(Location.of("s3a://bucket/").resolve("a")).hasToString("s3a://bucket/a");
        assertThat(Location.of("/").resolve("a")).hasToString("/a");
        for (String bad : List.of("../x", "a/../b", "/a", "a//b", "", ".", "a/")) {
            assertThatThrownBy(() -> root.resolve(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
        for (String bad : List.of("", " ", "a\nb", "a\0")) {
            assertThatThrownBy(() -> Location.of(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void ofManyThatMakeAFileAtOnceOneSucceeds(Kind kind) throws Exception {
        Location file = kind.at(directory.resolve("leases")).resolve("file");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            byte[] mine = {(byte) i};
            attempts.add(() -> storage().createNew(file, mine));
        }
        int made = 0;
        for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
            made += attempt.get() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(made).isEqualTo(1);
        assertThat(storage().length(file)).isEqualTo(1);
        assertThat(storage().createNew(file, HELLO)).isFalse();
    }

    @Test
    void aFileThatComesAndGoesIsMadeOrIsThereAndNothingElse() throws Exception {
        Location file = Location.of(directory.toString()).resolve("flag");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Integer>> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            attempts.add(() -> {
                int made = 0;
                for (int round = 0; round < 3000; round++) {
                    if (storage().createNew(file, HELLO)) {
                        made++;
                        storage().delete(file);
                    }
                }
                return made;
            });
        }
        int made = 0;
        for (Future<Integer> attempt : threads.invokeAll(attempts)) {
            made += attempt.get();
        }
        threads.shutdown();

        assertThat(made).isPositive();
        assertThat(storage().exists(file)).isFalse();
    }

    @Test
    void aPathIsALocalOneWhateverTheDefaultFileSystemIs() throws IOException {
        Storage elsewhere = Storage.configured(
                Map.of("fs.defaultFS", "other:///nowhere", "fs.other.impl", OtherFileSystem.class.getName()));
        Path file = directory.resolve("file");

        elsewhere.write(Location.of(file.toString()), HELLO);

        assertThat(elsewhere.localCopy(Location.of(file.toString()), "unused", directory.resolve("cache")))
                .isEqualTo(file);
    }

    @Test
    void aCopyThatWasChangedIsNotTrusted() throws IOException {
        Location file = Location.of("other:" + directory).resolve("file");
        storage().write(file, HELLO);
        Path cache = directory.resolve("cache");
        Path copy = storage().localCopy(file, storage().sha256(file), cache);
        Files.write(copy, "jello".getBytes(StandardCharsets.UTF_8));

        assertThat(storage().localCopy(file, storage().sha256(file), cache)).hasBinaryContent(HELLO);
    }
}
