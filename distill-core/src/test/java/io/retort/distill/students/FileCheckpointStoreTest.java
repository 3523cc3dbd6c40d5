package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCheckpointStoreTest {

    @TempDir
    Path directory;

    @Test
    void keepsTheLatestAndNothingElse() throws Exception {
        FileCheckpointStore store = new FileCheckpointStore(directory.resolve("training.checkpoint"));
        assertThat(store.latest()).isEmpty();

        store.save(new byte[] {1, 2, 3});
        store.save(new byte[] {4, 5});

        assertThat(store.latest()).hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(4, 5));
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aPartialFileIsNoCheckpoint() throws Exception {
        Files.write(directory.resolve("training.checkpoint.partial"), new byte[] {9});

        assertThat(new FileCheckpointStore(directory.resolve("training.checkpoint")).latest())
                .isEmpty();
    }

    @Test
    void saysWhichFileCannotBeWritten() {
        FileCheckpointStore store =
                new FileCheckpointStore(directory.resolve("missing").resolve("a.checkpoint"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> store.save(new byte[1]))
                .withMessageContaining("a.checkpoint");
    }
}
