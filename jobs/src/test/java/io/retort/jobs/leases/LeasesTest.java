package io.retort.jobs.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Notes;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {
    private static final Timing PATIENT =
            new Timing(Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMinutes(10));
    /** In which nobody is taken for silent only because the machine is busy. */
    private static final Timing STEADY = new Timing(Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofSeconds(2));

    private static final Timing QUICK = new Timing(Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMillis(200));

    @TempDir
    Path directory;

    private final Notes notes = new Notes();

    private Leases leases(Timing timing) {
        return new Leases(Storage.local(), Location.of(directory.toString()), timing, notes);
    }

    private LeaseFile file() {
        return new LeaseFile(
                Storage.local(), Location.of(directory.resolve("thing.lease").toString()));
    }

    private static Holder elsewhere(long beat) {
        return new Holder("x", "run-x", "otherhost", "another machine", 1, 1, beat);
    }

    private static long deadProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void oneAtATimeHoldsALease() throws Exception {
        Leases leases = leases(PATIENT);
        AtomicInteger holding = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String run = "run-" + i;
            all.add(threads.submit(() -> {
                try (Lease lease = leases.acquire("thing", run)) {
                    most.accumulateAndGet(holding.incrementAndGet(), Math::max);
                    Thread.sleep(3);
                    holding.decrementAndGet();
                    return lease.lost();
                }
            }));
        }
        for (Future<?> each : all) {
            assertThat(each.get()).isEqualTo(false);
        }
        threads.shutdown();

        assertThat(most).hasValue(1);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void differentThingsAreHeldSideBySide() throws Exception {
        try (Lease one = leases(PATIENT).acquire("one", "a");
                Lease other = leases(PATIENT).acquire("other", "b")) {
            assertThat(List.of(one.waited(), other.waited())).containsOnly(false);
        }
    }

    @Test
    void aProcessThatIsNoMoreLosesItsLeaseAtOnce() throws Exception {
        Holder mine = Holder.thisProcess("run-old");
        file().create(new Holder("x", "run-old", mine.host(), mine.machine(), deadProcess(), 0, 3));

        assertThat(leases(PATIENT).dead()).extracting(Holder::run).containsExactly("run-old");
        try (Lease lease = leases(PATIENT).acquire("thing", "run-new")) {
            assertThat(lease.dead().map(Holder::run)).contains("run-old");
            assertThat(lease.waited()).isFalse();
        }
        assertThat(notes.lines).singleElement().asString().contains("thing: process ", "is no more");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aProcessWithTheIdOfADeadOneIsNotTakenForIt() {
        Holder mine = Holder.thisProcess("run");
        Holder before =
                new Holder("x", "run", mine.host(), mine.machine(), mine.pid(), mine.startedMillis() - 3_600_000, 0);

        assertThat(mine.startedMillis()).isPositive();
        assertThat(mine.isDead()).isFalse();
        assertThat(before.isDead()).isTrue();
    }

    @Test
    void aHolderElsewhereOfWhomNothingIsHeardLosesItsLease() throws Exception {
        file().create(elsewhere(7));

        assertThat(leases(PATIENT).dead()).isEmpty();
        try (Lease lease = leases(QUICK).acquire("thing", "run-new")) {
            assertThat(lease.dead()).contains(elsewhere(7));
            assertThat(lease.waited()).isTrue();
        }
    }

    @Test
    void aLeaseThatWasNotWrittenToItsEndIsTakenOver() throws Exception {
        Files.writeString(directory.resolve("thing.lease"), "{\"id\":");

        try (Lease lease = leases(QUICK).acquire("thing", "run-new")) {
            assertThat(lease.dead()).isEmpty();
            assertThat(lease.waited()).isTrue();
        }
    }

    @Test
    void aTakeoverThatWasCutOffBlocksNobody() throws Exception {
        file().create(elsewhere(7));
        Files.writeString(directory.resolve("thing.takeover"), "{}");

        try (Lease lease = leases(QUICK).acquire("thing", "run-new")) {
            assertThat(lease.dead()).contains(elsewhere(7));
        }
    }

    @Test
    void aHolderElsewhereThatGivesSignsOfLifeKeepsItsLease() throws Exception {
        file().create(elsewhere(0));
        Thread holder = new Thread(() -> {
            try {
                // Twice as long as a silent one is waited for.
                for (int beat = 1; beat <= 80; beat++) {
                    Thread.sleep(50);
                    file().replace(elsewhere(beat));
                }
                file().delete();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        holder.start();

        try (Lease lease = leases(STEADY).acquire("thing", "run-new")) {
            assertThat(lease.waited()).isTrue();
            assertThat(lease.dead()).isEqualTo(Optional.empty());
        }
        holder.join();
        assertThat(notes.lines).singleElement().asString().contains("process 1 on otherhost is making it; waiting");
    }

    @Test
    void whoFindsItsLeaseInOtherHandsIsInterruptedAndLeavesItThere() throws Exception {
        boolean interrupted = false;
        Lease lease = leases(QUICK).acquire("thing", "run");
        try {
            while (true) {
                // More than once: a sign of life may be under way.
                file().replace(elsewhere(0));
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        lease.close();

        assertThat(interrupted).isTrue();
        assertThat(lease.lost()).isTrue();
        assertThat(file().holder()).contains(elsewhere(0));
    }

    @Test
    void thoseWhoWantSomeOfTheSameThingsDoNotWaitForEachOtherForEver() throws Exception {
        Leases leases = leases(PATIENT);
        List<List<String>> wanted = List.of(List.of("a", "b", "c"), List.of("c", "b", "a"), List.of("b", "a"));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            List<String> names = wanted.get(i % 3);
            String run = "run-" + i;
            all.add(threads.submit(() -> {
                try (HeldLeases held = leases.acquireAll(names, run)) {
                    return held.lost();
                }
            }));
        }
        for (Future<?> each : all) {
            assertThat(each.get(1, TimeUnit.MINUTES)).isEqualTo(false);
        }
        threads.shutdown();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whoIsInterruptedWhileOneOfSeveralIsHeldByAnotherGivesBackThoseThatItHas() throws Exception {
        file().create(elsewhere(0));
        List<Exception> ended = new ArrayList<>();
        Thread waiter = new Thread(() -> {
            try (HeldLeases held = leases(PATIENT).acquireAll(List.of("thing", "another"), "run")) {
                ended.add(new IllegalStateException("expected to wait, found " + held));
            } catch (IOException | InterruptedException e) {
                ended.add(e);
            }
        });
        waiter.start();
        while (waiter.isAlive() && signs().isEmpty()) {
            Thread.sleep(5);
        }

        waiter.interrupt();
        waiter.join();

        assertThat(ended).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(directory)
                .isDirectoryContaining("glob:**/thing.lease")
                .isDirectoryNotContaining("glob:**/another.lease")
                .isDirectoryNotContaining("glob:**.alive");
    }

    private List<Path> signs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".alive")).toList();
        }
    }

    @Test
    void manyLeasesTakeFourThreadsAndOneFileOfSignsOfLife() throws Exception {
        List<String> names =
                IntStream.range(0, 200).mapToObj(i -> "expert-" + i).toList();
        try (HeldLeases held = leases(PATIENT).acquireAll(names, "run")) {
            Path sign = signs().get(0);
            while (LeaseFile.parse(Files.readString(sign)).map(Holder::beat).orElse(0L) < 3) {
                Thread.sleep(5);
            }

            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("retort-lease")))
                    .hasSizeBetween(1, 4);
            for (String name : names) {
                assertThat(LeaseFile.parse(Files.readString(directory.resolve(name + ".lease"))))
                        .map(Holder::beat)
                        .contains(0L);
            }
            assertThat(held.lost()).isFalse();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whoHoldsSeveralKeepsEachByTheOneSign() throws Exception {
        try (HeldLeases held = leases(STEADY).acquireAll(List.of("a", "thing"), "run")) {
            // Longer than a silent one is waited for.
            assertThat(leases(STEADY).acquireWithin("thing", "other", Duration.ofSeconds(3)))
                    .isEmpty();
            assertThat(held.lost()).isFalse();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void ofSeveralThatASilentHolderHasTheFirstAloneIsWaitedFor() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(directory.resolve(name + ".lease"), Json.line(elsewhere(0)));
        }
        Files.writeString(directory.resolve("x.alive"), Json.line(elsewhere(9)));

        try (HeldLeases held = leases(QUICK).acquireAll(List.of("a", "b", "c"), "run-new")) {
            assertThat(held.dead()).containsExactly(elsewhere(0));
            assertThat(directory.resolve("x.alive")).doesNotExist();
        }
        assertThat(notes.lines.stream().filter(note -> note.contains("waiting")))
                .hasSize(1);
        assertThat(notes.lines.stream().filter(note -> note.contains("is no more")))
                .hasSize(3);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whoHoldsSeveralAndLosesOneIsInterruptedAndGivesTheOthersBack() throws Exception {
        boolean interrupted = false;
        HeldLeases held = leases(QUICK).acquireAll(List.of("a", "thing"), "run");
        file().replace(elsewhere(0));
        try {
            while (true) {
                // As who takes one over does, and more than once: a sign of life may be under way.
                for (Path sign : signs()) {
                    Files.deleteIfExists(sign);
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        String told = held.toString();
        held.close();

        assertThat(interrupted).isTrue();
        assertThat(held.lost()).isTrue();
        assertThat(told).contains("a.lease", "thing.lease");
        assertThat(file().holder()).contains(elsewhere(0));
        assertThat(directory.resolve("a.lease")).doesNotExist();
    }

    /** As a link that leads nowhere: it cannot be made, and there is nothing to read. */
    @Test
    void whereALeaseCanNeitherBeMadeNorReadItIsWaitedForNoLongerThanAsked() throws Exception {
        Files.createSymbolicLink(directory.resolve("thing.lease"), directory.resolve("nowhere/file"));

        assertThat(assertTimeoutPreemptively(
                        Duration.ofMinutes(1),
                        () -> leases(PATIENT).acquireWithin("thing", "run", Duration.ofMillis(50))))
                .isEmpty();
    }
}
