package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.PendingFile;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage in an object store: what is promised of files holds there, by the store's own means. */
class ObjectStoreIT {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final int THREE_PARTS = 12 << 20;

    @TempDir
    static Path directory;

    private static ObjectStore store;
    private static Storage storage;

    @BeforeAll
    static void start() throws Exception {
        store = new ObjectStore(directory);
        storage = Storage.configured(store.hadoop());
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
    }

    private static Location place(String name) {
        return Location.of(ObjectStore.workspace("storage")).resolve(name);
    }

    /** What the store itself says, with no help of ours. */
    private static List<String> uploads(String prefix) throws Exception {
        Configuration configuration = new Configuration();
        store.hadoop().forEach(configuration::set);
        List<String> keys = new ArrayList<>();
        try (S3AFileSystem files = new S3AFileSystem()) {
            files.initialize(java.net.URI.create("s3a://" + ObjectStore.BUCKET), configuration);
            RemoteIterators.foreach(files.listUploads(prefix), upload -> keys.add(upload.key()));
        }
        return keys;
    }

    @Test
    void aFileIsThereWholeWhenItIsCommittedAndNotBefore() throws Exception {
        Location file = place("whole/file");
        try (PendingFile pending = storage.create(file)) {
            try (OutputStream out = pending.stream()) {
                out.write(HELLO);
            }
            assertThat(storage.exists(file)).isFalse();
            assertThat(storage.everyFileBelow(place("whole"))).isEmpty();
            pending.commit();
        }
        assertThat(storage.read(file, 100)).isEqualTo(HELLO);
        assertThat(storage.everyFileBelow(place("whole"))).containsExactly(file);
    }

    @Test
    void readersSeeTheOldFileUntilTheNewOneIsCommitted() throws Exception {
        Location file = place("replaced/file");
        storage.write(file, HELLO);
        try (PendingFile pending = storage.create(file)) {
            try (OutputStream out = pending.stream()) {
                out.write(new byte[THREE_PARTS]);
            }
            assertThat(storage.read(file, 100)).isEqualTo(HELLO);
            pending.commit();
        }
        assertThat(storage.length(file)).isEqualTo(THREE_PARTS);
    }

    @Test
    void aLargeFileThatIsGivenUpLeavesNeitherAFileNorPartsOfIt() throws Exception {
        Location file = place("given-up/file");
        try (PendingFile pending = storage.create(file)) {
            pending.stream().write(new byte[THREE_PARTS]);
            assertThat(uploads("storage/given-up")).containsExactly("storage/given-up/file");
        }
        assertThat(storage.exists(file)).isFalse();
        assertThat(uploads("storage/given-up")).isEmpty();
    }

    @Test
    void whatAKilledWriterHadSentIsRemovedOnRequest() throws Exception {
        PendingFile killed = storage.create(place("killed/below/file"));
        killed.stream().write(new byte[THREE_PARTS]);
        PendingFile other = storage.create(place("other/file"));
        other.stream().write(new byte[THREE_PARTS]);

        assertThat(storage.exists(place("killed/below/file"))).isFalse();
        assertThat(storage.deleteUnfinishedBelow(place("killed"))).isEqualTo(1);

        assertThat(uploads("storage/killed")).isEmpty();
        assertThat(uploads("storage/other")).hasSize(1);
        // Who was taken for dead and is not learns of it.
        assertThatThrownBy(killed::commit).isInstanceOf(IOException.class).hasMessageContaining("killed/below/file");
        assertThat(storage.exists(place("killed/below/file"))).isFalse();
        other.close();
    }

    @Test
    void ofManyThatMakeAFileAtOnceOneSucceeds() throws Exception {
        int writers = 16;
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try {
            for (int round = 0; round < 10; round++) {
                Location file = place("race/" + round);
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Boolean>> made = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    byte[] bytes = ("writer " + writer).getBytes(StandardCharsets.UTF_8);
                    made.add(executor.submit(() -> {
                        start.await();
                        return storage.createNew(file, bytes);
                    }));
                }
                start.countDown();
                List<Integer> winners = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    if (made.get(writer).get()) {
                        winners.add(writer);
                    }
                }
                assertThat(winners).as("round %d", round).hasSize(1);
                assertThat(new String(storage.read(file, 100), StandardCharsets.UTF_8))
                        .isEqualTo("writer " + winners.get(0));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aFileThatIsThereIsNotMadeAgain() throws Exception {
        Location file = place("new/file");
        assertThat(storage.createNew(file, HELLO)).isTrue();
        assertThat(storage.createNew(file, new byte[1])).isFalse();
        assertThat(storage.read(file, 100)).isEqualTo(HELLO);
        assertThat(storage.delete(file)).isTrue();
        assertThat(storage.createNew(file, new byte[1])).isTrue();
    }

    @Test
    void listingFindsWhatWasJustWrittenAndNothingThatWasJustDeleted() throws Exception {
        for (int number = 0; number < 30; number++) {
            Location file = place("listed/at/" + number);
            storage.write(file, HELLO);
            assertThat(storage.list(place("listed/at"))).contains(file);
            if (number % 2 == 0) {
                storage.delete(file);
                assertThat(storage.list(place("listed/at"))).doesNotContain(file);
            }
        }
        assertThat(storage.list(place("listed/at"))).hasSize(15);
        assertThat(storage.isDirectory(place("listed"))).isTrue();
        assertThat(storage.list(place("nowhere"))).isEmpty();
    }

    @Test
    void wrongCredentialsAreRefusedInOneLineBeforeAnyWork() throws Exception {
        Map<String, String> wrong = store.hadoop();
        wrong.put("fs.s3a.secret.key", "another");
        wrong.put("fs.s3a.impl.disable.cache", "true");
        Storage refused = Storage.configured(wrong);
        assertThatThrownBy(() -> refused.write(place("refused"), HELLO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("SignatureDoesNotMatch");
    }
}
