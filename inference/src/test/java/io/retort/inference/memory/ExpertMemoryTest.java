package io.retort.inference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleSource;
import io.retort.inference.bundles.CheckedStudents;
import io.retort.inference.bundles.Expert;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.SignatureCheck;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.bundles.Trust;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.students.Student;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExpertMemoryTest {
    private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    private final CountedFiles files = new CountedFiles();
    private final List<Expert> experts = Bundle.open(files).experts();
    private final long one = experts.get(0).bytes();
    private final long file = experts.get(0).file().bytes();

    /** Room for so many bytes of experts and texts and for the file from which one is decoded, in a program of one thread. */
    private MemoryOptions alone(long bytes) {
        return new MemoryOptions(bytes + file, Compression.NONE, Waiter.NEVER);
    }

    /** The same where threads wait. */
    private MemoryOptions shared(long bytes) {
        return new MemoryOptions(
                bytes + file, Compression.NONE, BoundedMemory.of(1).waiter());
    }

    /** Files that are elsewhere, as a directory's are, with a count of how often each was read. */
    private static final class CountedFiles implements BundleSource {
        private final Map<String, byte[]> content = TinyBundle.files(IDS);
        private final MemoryBundleSource source = new MemoryBundleSource(content);
        private final Map<String, AtomicInteger> reads = new ConcurrentHashMap<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public String location() {
            return "counted";
        }

        @Override
        public Listing list() {
            return source.list();
        }

        @Override
        public byte[] read(String path, int mostBytes) {
            reads.computeIfAbsent(path, name -> new AtomicInteger()).incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return weights(path).clone();
        }

        byte[] weights(String path) {
            return Objects.requireNonNull(content.get(path));
        }

        int readsOf(Expert expert) {
            return Objects.requireNonNull(reads.get(expert.file().path())).get();
        }
    }

    @Test
    void withoutABoundAllAreDecodedAtOnceAndStay() {
        ExpertMemory memory = new ExpertMemory(experts, MemoryOptions.UNLIMITED);
        Student first;
        try (ExpertHold hold = memory.hold(new int[] {3, 1}, 1000)) {
            first = hold.student(0);
            assertThat(memory.usage().textBytes()).isEqualTo(1000);
        }
        try (ExpertHold hold = memory.hold(new int[] {3}, 0)) {
            assertThat(hold.student(0)).isSameAs(first);
        }
        assertThat(memory.usage()).isEqualTo(new MemoryUsage(Long.MAX_VALUE, 8, 8 * one, 0, 0, 0, 8, 0));
    }

    @Test
    void theLongestUnusedIsGivenUpAndComesBackFromItsCompressedFile() {
        ExpertMemory memory = new ExpertMemory(experts, BoundedMemory.of(5 * one));
        int before = files.readsOf(experts.get(0));
        for (int e : new int[] {0, 1, 0, 2, 3, 4, 0, 5, 6, 7}) {
            memory.hold(new int[] {e}, 0).close();
            assertThat(memory.usage().usedBytes()).isLessThanOrEqualTo(5 * one);
        }
        memory.hold(new int[] {0}, 0).close();
        MemoryUsage usage = memory.usage();

        assertThat(usage.evictions()).isPositive();
        assertThat(usage.compressed()).isPositive();
        // Read once for all its decodings: the compressed file was there.
        assertThat(files.readsOf(experts.get(0))).isEqualTo(before + 1);
    }

    @Test
    void anExpertComesBackTheSame() {
        ExpertMemory memory = new ExpertMemory(experts, BoundedMemory.of(3 * one));
        float[] expected = new float[98];
        float[] found = new float[98];
        for (int round = 0; round < 3; round++) {
            for (int e = 0; e < experts.size(); e++) {
                Student opened = experts.get(e).open();
                opened.step(opened.newState(1), 7, expected);
                try (ExpertHold hold = memory.hold(new int[] {e}, 0)) {
                    hold.student(0).step(hold.student(0).newState(1), 7, found);
                }
                assertThat(found).containsExactly(expected);
            }
        }
    }

    @Test
    void holdsThatRestAreGivenUpTheLongestRestingFirstAndOnlyWhereThereIsNoOtherRoom() {
        ExpertMemory memory = new ExpertMemory(experts, alone(3 * one));
        List<String> given = new ArrayList<>();
        ExpertHold first = memory.hold(new int[] {0}, 0);
        ExpertHold second = memory.hold(new int[] {1}, 0);
        second.rest(() -> given.add("second"));
        first.rest(() -> given.add("first"));
        assertThatThrownBy(() -> first.student(0)).isInstanceOf(IllegalStateException.class);
        memory.hold(new int[] {2}, 0).close();
        memory.hold(new int[] {3}, 0).close();
        assertThat(given).isEmpty();
        try (ExpertHold large = memory.hold(new int[] {4}, one)) {
            assertThat(given).containsExactly("second");
            assertThat(second.resume()).isFalse();
            second.close();
            assertThat(first.resume()).isTrue();
            assertThat(first.student(0)).isNotNull();
            assertThat(memory.usage().usedBytes()).isEqualTo(3 * one);
        }
        first.rest(() -> given.add("first"));
        first.close();
        assertThat(first.resume()).isFalse();
        memory.hold(new int[] {5, 6}, one).close();
        assertThat(given).containsExactly("second");
        assertThat(memory.usage().textBytes()).isZero();
    }

    @Test
    void whatIsHeldIsNeverGivenUpAndWhatCannotBeIsRefusedByItsSizes() {
        ExpertMemory memory = new ExpertMemory(experts, alone(3 * one));
        try (ExpertHold hold = memory.hold(new int[] {0, 1}, one)) {
            assertThatThrownBy(() -> memory.hold(new int[] {2}, 0))
                    .isInstanceOf(MemoryLimitException.class)
                    .hasMessageContaining("end one of them");
            assertThat(memory.usage().experts()).isEqualTo(2);
            assertThat(hold.student(1)).isNotNull();
        }
        memory.hold(new int[] {2}, 0).close();
        assertThatThrownBy(() -> memory.hold(new int[] {0, 1}, one + 1))
                .isInstanceOf(MemoryLimitException.class)
                .hasMessageContaining("at most " + (3 * one + file) + " bytes")
                .hasMessageContaining("found " + (3 * one + file + 1));
        assertThatThrownBy(() -> new ExpertMemory(experts, BoundedMemory.of(one - 1)))
                .isInstanceOf(MemoryLimitException.class)
                .hasMessageContaining("largest expert");
        assertThat(memory.usage().textBytes()).isZero();
    }

    @Test
    void aHoldThatIsRefusedLeavesNothingBehind() {
        ExpertMemory memory = new ExpertMemory(experts, alone(2 * one));
        try (ExpertHold hold = memory.hold(new int[] {0}, one)) {
            assertThat(hold.student(0)).isNotNull();
            assertThatThrownBy(() -> memory.hold(new int[] {1}, 0)).isInstanceOf(MemoryLimitException.class);
        }
        try (ExpertHold both = memory.hold(new int[] {1, 2}, 0)) {
            assertThat(memory.usage().experts()).isEqualTo(2);
            assertThatThrownBy(() -> memory.hold(new int[] {0}, 0)).isInstanceOf(MemoryLimitException.class);
            assertThat(both.student(0)).isNotNull();
        }
        // Each can be given up for any other, as before.
        for (int e : new int[] {3, 4, 1, 2, 0, 5}) {
            memory.hold(new int[] {e}, one).close();
        }
        assertThat(memory.usage().usedBytes()).isLessThanOrEqualTo(2 * one);
    }

    @Test
    void aThreadThatIsInterruptedWhileItWaitsLeavesNothingBehind() throws Exception {
        ExpertMemory memory = new ExpertMemory(experts, shared(2 * one));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ExpertHold hold = memory.hold(new int[] {0}, one)) {
            assertThat(hold.student(0)).isNotNull();
            Future<?> waiting =
                    thread.submit(() -> memory.hold(new int[] {1}, 0).close());
            TimeUnit.MILLISECONDS.sleep(50);
            waiting.cancel(true);
            thread.shutdown();
            assertThat(thread.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        try (ExpertHold both = memory.hold(new int[] {1, 2}, 0)) {
            assertThat(both.student(1)).isNotNull();
        }
        memory.hold(new int[] {3}, one).close();
        assertThat(memory.usage().usedBytes()).isLessThanOrEqualTo(2 * one);
    }

    @Test
    void whoWasRefusedLeavesNothingBehind() {
        ExpertMemory memory = new ExpertMemory(experts, alone(2 * one));
        try (ExpertHold first = memory.hold(new int[] {0, 1}, 0)) {
            assertThatThrownBy(() -> memory.hold(new int[] {1, 2}, 0)).isInstanceOf(MemoryLimitException.class);
            // Were the refused one still counted, or counted off twice, the expert that is held would be given up for
            // this.
            assertThatThrownBy(() -> memory.hold(new int[] {3}, 0)).isInstanceOf(MemoryLimitException.class);
            assertThat(first.student(1)).isNotNull();
            assertThat(memory.usage().evictions()).isZero();
        }
        memory.hold(new int[] {2, 3}, 0).close();
        assertThat(memory.usage().evictions()).isEqualTo(2);
    }

    @Test
    void noMoreExpertsStayThanMayAndATextHasAllOfItsOwn() {
        ExpertMemory memory =
                new ExpertMemory(experts, BoundedMemory.unlimited().keeping(2));
        assertThat(memory.usage().experts()).isZero();
        for (int e = 0; e < 4; e++) {
            memory.hold(new int[] {e}, 0).close();
        }
        assertThat(memory.usage().experts()).isEqualTo(2);
        assertThat(memory.usage().expertBytes()).isEqualTo(2 * one);
        assertThat(memory.usage().evictions()).isEqualTo(2);
        try (ExpertHold hold = memory.hold(new int[] {1, 2, 3}, 0)) {
            assertThat(memory.usage().experts()).isEqualTo(3);
            assertThat(hold.student(0)).isNotNull();
        }
        assertThat(memory.usage().experts()).isEqualTo(2);
        assertThat(memory.usage().loads()).isEqualTo(5);
    }

    @Test
    void manyThreadsDecodeAnExpertOnce() throws Exception {
        ExpertMemory memory = new ExpertMemory(experts, BoundedMemory.of(7 * one));
        int before = files.readsOf(experts.get(4));
        files.gate = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Student>> students = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            students.add(threads.submit(() -> {
                try (ExpertHold hold = memory.hold(new int[] {4}, 0)) {
                    return hold.student(0);
                }
            }));
        }
        TimeUnit.MILLISECONDS.sleep(50);
        files.gate.countDown();
        Student first = students.get(0).get();
        for (Future<Student> student : students) {
            assertThat(student.get()).isSameAs(first);
        }
        threads.shutdown();
        assertThat(files.readsOf(experts.get(4))).isEqualTo(before + 1);
        assertThat(memory.usage().loads()).isEqualTo(1);
    }

    @Test
    void whoKeepsFewExpertsWithoutABoundOfBytesWaitsForTheThreadThatDecodes() throws Exception {
        ExpertMemory memory =
                new ExpertMemory(experts, BoundedMemory.unlimited().keeping(1));
        int before = files.readsOf(experts.get(4));
        files.gate = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Student>> students = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            students.add(threads.submit(() -> {
                try (ExpertHold hold = memory.hold(new int[] {4}, 0)) {
                    return hold.student(0);
                }
            }));
        }
        TimeUnit.MILLISECONDS.sleep(50);
        files.gate.countDown();
        assertThat(students.get(1).get()).isSameAs(students.get(0).get());
        threads.shutdown();
        assertThat(files.readsOf(experts.get(4))).isEqualTo(before + 1);
    }

    @Test
    void fewExpertsAreKeptOnlyWhereThreadsCanWaitForOneAnother() {
        assertThatThrownBy(() -> MemoryOptions.UNLIMITED.keeping(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BoundedMemory.unlimited()");
    }

    @Test
    void whatWasDecodedToCheckABundleIsNotReadAgain() {
        CountedFiles counted = new CountedFiles();
        CheckedStudents students = new CheckedStudents(8 * one, 8);
        List<Expert> checked = Bundle.open(counted, Trust.anyone(SignatureCheck.UNAVAILABLE), students)
                .experts();
        ExpertMemory memory = new ExpertMemory(checked, MemoryOptions.UNLIMITED, students);
        assertThat(memory.usage()).isEqualTo(new MemoryUsage(Long.MAX_VALUE, 8, 8 * one, 0, 0, 0, 8, 0));
        float[] expected = new float[98];
        float[] found = new float[98];
        for (int e = 0; e < checked.size(); e++) {
            assertThat(counted.readsOf(checked.get(e))).isEqualTo(1);
            assertThat(students.take(checked.get(e))).isEmpty();
            Student opened = experts.get(e).open();
            opened.step(opened.newState(1), 7, expected);
            try (ExpertHold hold = memory.hold(new int[] {e}, 0)) {
                hold.student(0).step(hold.student(0).newState(1), 7, found);
            }
            assertThat(found).containsExactly(expected);
        }
    }

    @Test
    void whatPassesTheBoundIsNotKeptWhileABundleIsChecked() {
        Trust anyone = Trust.anyone(SignatureCheck.UNAVAILABLE);
        for (CheckedStudents students :
                List.of(new CheckedStudents(8 * one - 1, 8), new CheckedStudents(Long.MAX_VALUE, 7))) {
            Bundle.open(new CountedFiles(), anyone, students)
                    .experts()
                    .forEach(expert -> assertThat(students.take(expert)).isEmpty());
        }
        CheckedStudents enough = new CheckedStudents(8 * one, 8);
        List<Expert> checked = Bundle.open(new CountedFiles(), anyone, enough).experts();
        ExpertMemory tight = new ExpertMemory(checked, alone(3 * one), enough);
        assertThat(tight.usage().usedBytes()).isZero();
        tight.hold(new int[] {0, 1}, one).close();
    }

    @Test
    void theFileThatAnExpertIsDecodedFromIsCountedWhileItIs() throws Exception {
        for (boolean compressing : new boolean[] {false, true}) {
            long decoding = compressing ? 3 * file : file;
            ExpertMemory memory =
                    new ExpertMemory(experts, compressing ? BoundedMemory.of(2 * one + decoding) : shared(2 * one));
            files.gate = new CountDownLatch(1);
            ExecutorService threads = Executors.newCachedThreadPool();
            Future<ExpertHold> first = threads.submit(() -> memory.hold(new int[] {0}, 0));
            while (memory.usage().usedBytes() == 0) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            assertThat(memory.usage().usedBytes()).isEqualTo(one + decoding);
            // There is room for another expert of its size, but not for what it is decoded from.
            assertThatThrownBy(() -> memory.hold(new int[] {1}, 0, Patience.of(Duration.ofMillis(20))))
                    .isInstanceOf(MemoryWaitException.class);
            files.gate.countDown();
            ExpertHold held = first.get();
            threads.shutdown();
            assertThat(memory.usage().usedBytes() - memory.usage().compressedBytes())
                    .isEqualTo(one);
            memory.hold(new int[] {1}, 0).close();
            held.close();
        }
    }

    @Test
    void threadsThatWantMoreThanThereIsTakeTurns() throws Exception {
        ExpertMemory memory = new ExpertMemory(experts, BoundedMemory.of(4 * one + 3 * file));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> done = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int seed = t;
            done.add(threads.submit(() -> {
                Random random = new Random(seed);
                for (int call = 0; call < 200; call++) {
                    int first = random.nextInt(8);
                    int[] three = {first, (first + 1 + random.nextInt(3)) % 8, (first + 4 + random.nextInt(4)) % 8};
                    try (ExpertHold hold = memory.hold(three, one / 2)) {
                        assertThat(memory.usage().usedBytes()).isLessThanOrEqualTo(4 * one + 3 * file);
                        assertThat(hold.student(2)).isNotNull();
                    }
                }
                return true;
            }));
        }
        for (Future<Boolean> each : done) {
            assertThat(each.get()).isTrue();
        }
        threads.shutdown();
        assertThat(memory.usage().textBytes()).isZero();
        assertThat(memory.usage().evictions()).isPositive();
    }

    @Test
    void anExpertThatHasChangedOnDiskIsRefusedAndLeavesNoTrace() {
        ExpertMemory memory = new ExpertMemory(experts, BoundedMemory.of(7 * one));
        byte[] weights = files.weights(experts.get(5).file().path());
        weights[weights.length - 1] ^= 1;

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> memory.hold(new int[] {5}, 10))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining(experts.get(5).file().path())
                    .hasMessageContaining("as when the bundle was opened");
        }
        assertThat(memory.usage().usedBytes()).isZero();
        weights[weights.length - 1] ^= 1;
        memory.hold(new int[] {5}, 10).close();
        assertThat(memory.usage().experts()).isEqualTo(1);
    }

    @Test
    void aBundleInMemoryIsCountedWithItsFiles() {
        List<Expert> held =
                Bundle.open(new MemoryBundleSource(TinyBundle.files(IDS))).experts();
        long stored = held.stream().mapToLong(expert -> expert.file().bytes()).sum();
        ExpertMemory memory =
                new ExpertMemory(held, new MemoryOptions(stored + 2 * one, Compression.NONE, Waiter.NEVER));
        memory.hold(new int[] {1}, 0).close();

        assertThat(memory.usage().compressedBytes()).isEqualTo(stored);
        assertThat(memory.usage().usedBytes()).isEqualTo(stored + one);
    }
}
