package io.retort.inference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.Expert;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.memory.blocking.BoundedMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for memory, in which order, and until when. */
@Timeout(120)
class WaitingTest {
    private static final Patience LONG = Patience.of(Duration.ofMinutes(10));

    private final List<Expert> experts = Bundle.open(
                    new MemoryBundleSource(TinyBundle.files(List.of("a", "b", "c", "d"))))
            .experts();
    private final long one = experts.get(0).bytes();
    private final long stored =
            experts.stream().mapToLong(expert -> expert.file().bytes()).sum();
    /** Calls that had to wait, each once however often it was woken. */
    private final Set<MemoryWait> waits = ConcurrentHashMap.newKeySet();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Room for so many experts, in which it is noted which calls had to wait. */
    private ExpertMemory memory(int room) {
        Waiter waiter = BoundedMemory.of(1).waiter();
        Waiter counted = new Waiter() {
            @Override
            public void await(Object monitor) {
                throw new IllegalStateException("expected to be told of the call");
            }

            @Override
            public void await(Object monitor, MemoryWait call) {
                waits.add(call);
                waiter.await(monitor, call);
            }
        };
        return new ExpertMemory(experts, new MemoryOptions(stored + room * one, Compression.NONE, counted));
    }

    /** Takes memory in a thread of its own, notes it, and gives it back when it is told to. */
    private Future<?> taking(ExpertMemory memory, long text, Patience patience, Runnable whileHeld) {
        int before = waits.size();
        Future<?> taken = threads.submit(() -> {
            try (ExpertHold hold = memory.hold(new int[] {0}, text, patience)) {
                assertThat(hold.student(0)).isNotNull();
                whileHeld.run();
            }
        });
        until(() -> taken.isDone() || waits.size() > before);
        return taken;
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void whoCameFirstIsServedFirst() throws Exception {
        ExpertMemory memory = memory(3);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> waiting = new ArrayList<>();
        ExpertHold all = memory.hold(new int[] {0}, 2 * one);
        for (int i = 0; i < 6; i++) {
            int number = i;
            waiting.add(taking(memory, 2 * one, LONG, () -> served.add(number)));
        }
        all.close();
        for (Future<?> each : waiting) {
            each.get();
        }
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void smallTextsPassALargeOneButNotForEver() throws Exception {
        ExpertMemory memory = memory(3);
        ExpertHold first = memory.hold(new int[] {0}, one);
        AtomicBoolean served = new AtomicBoolean();
        Future<?> large = taking(memory, 2 * one, LONG, () -> served.set(true));
        // There is always another small text, begun before the last one ends: without a bound on passes the large one
        // would never be served.
        ExpertHold last = first;
        int passes = 0;
        boolean waited = false;
        while (!waited) {
            ExpertHold held = last;
            int before = waits.size();
            Future<ExpertHold> small = threads.submit(() -> memory.hold(new int[] {0}, one, LONG));
            until(() -> small.isDone() || waits.size() > before);
            waited = !small.isDone();
            passes += waited ? 0 : 1;
            held.close();
            last = waited ? held : small.get();
            assertThat(passes).isLessThan(100);
            if (waited) {
                large.get();
                assertThat(served).isTrue();
                small.get().close();
            }
        }
        assertThat(passes).isEqualTo(8);
        assertThat(memory.usage().textBytes()).isZero();
    }

    @Test
    void textsThatGoOnPassALargeOneButNotForEver() throws Exception {
        ExpertMemory memory = memory(3);
        List<String> given = Collections.synchronizedList(new ArrayList<>());
        ExpertHold going = memory.hold(new int[] {0}, one);
        ExpertHold resting = memory.hold(new int[] {0}, one);
        resting.rest(() -> given.add("second"));
        Future<?> large = taking(memory, 2 * one, LONG, () -> {});
        // Two sessions that take turns: one of them is always at work, so that there is never room for the large one.
        int passes = 0;
        while (passes < 100 && resting.resume()) {
            passes++;
            ExpertHold first = going;
            first.rest(() -> given.add("first"));
            going = resting;
            resting = first;
        }
        assertThat(passes).isEqualTo(8);
        assertThat(given).hasSize(1);
        assertThat(large.isDone()).isFalse();
        going.close();
        large.get();
        assertThat(memory.usage().textBytes()).isZero();
    }

    @Test
    void aTextThatEndsPassesNobody() throws Exception {
        ExpertMemory memory = memory(3);
        ExpertHold held = memory.hold(new int[] {0}, one);
        List<ExpertHold> resting = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            resting.add(memory.hold(new int[] {0}, 0));
            resting.get(i).rest(() -> {});
        }
        Future<?> large = taking(memory, 2 * one, LONG, () -> {});
        resting.forEach(ExpertHold::close);
        // So the large one may still be passed by one that would not wait.
        memory.hold(new int[] {0}, one, Patience.of(Duration.ZERO)).close();
        held.close();
        large.get();
    }

    @Test
    void whoWaitsTooLongIsToldWhatWasAskedAndWhatIsHeld() {
        ExpertMemory memory = memory(3);
        try (ExpertHold hold = memory.hold(new int[] {0}, 2 * one)) {
            assertThatThrownBy(() -> memory.hold(new int[] {1, 2}, one / 2, Patience.of(Duration.ofMillis(50))))
                    .isInstanceOf(MemoryWaitException.class)
                    .hasMessageContaining("expected " + (2 * one + one / 2) + " bytes of memory for 2 experts")
                    .hasMessageContaining("found " + (stored + 3 * one) + " of at most " + (stored + 3 * one))
                    .hasMessageMatching(".* after \\d+\\.\\d+ s: .*");
            assertThat(hold.student(0)).isNotNull();
        }
        memory.hold(new int[] {1, 2}, one / 2).close();
        assertThat(memory.usage().textBytes()).isZero();
    }

    @Test
    void aThreadThatWaitsForItselfIsTold() {
        ExpertMemory memory = memory(2);
        try (ExpertHold open = memory.hold(new int[] {0}, one / 2)) {
            assertThatThrownBy(() -> memory.hold(new int[] {0}, one, Patience.of(Duration.ofMillis(50))))
                    .isInstanceOf(MemoryWaitException.class)
                    .hasMessageContaining("in this thread too");
            assertThat(open.student(0)).isNotNull();
            // What has room beside the open one is not in anybody's way.
            memory.hold(new int[] {0}, one / 2).close();
        }
    }

    @Test
    void whoWaitsForAThreadThatWaitsBehindItGivesUpFirstAndTheOtherGoesOn() throws Exception {
        ExpertMemory memory = memory(3);
        ExpertHold open = memory.hold(new int[] {0}, one);
        Future<?> large = taking(memory, 2 * one, Patience.of(Duration.ofMillis(500)), () -> {});
        // This thread holds what the large one needs. It may begin others until that one was passed often enough, and
        // then waits for it: a circle, out of which the large one's deadline leads.
        for (int i = 0; i < 9; i++) {
            memory.hold(new int[] {0}, one, LONG).close();
        }
        assertThatThrownBy(large::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(MemoryWaitException.class);
        open.close();
        assertThat(memory.usage().textBytes()).isZero();
    }

    @Test
    void whoIsNoLongerWantedStopsWaiting() throws Exception {
        ExpertMemory memory = memory(2);
        AtomicBoolean cancelled = new AtomicBoolean();
        ExpertHold hold = memory.hold(new int[] {0}, one);
        Future<?> waiting = taking(memory, one, LONG.unless(cancelled::get), () -> {});
        Future<?> behind = taking(memory, one, LONG, () -> {});
        assertThat(waiting.isDone()).isFalse();
        cancelled.set(true);
        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancellationException.class);
        assertThat(behind.isDone()).isFalse();
        hold.close();
        behind.get();
        assertThat(memory.usage().textBytes()).isZero();
    }

    @Test
    void ofSeveralConditionsAnyEndsTheWait() {
        assertThat(LONG.unless(() -> true).unless(() -> false).abandoned().getAsBoolean())
                .isTrue();
        assertThat(LONG.unless(() -> false).unless(() -> true).abandoned().getAsBoolean())
                .isTrue();
        assertThat(LONG.unless(() -> false).unless(() -> false).abandoned().getAsBoolean())
                .isFalse();
    }

    @Test
    void aWaiterThatKnowsNoTimeWaitsAsBefore() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Waiter simple = monitor -> {
            asked.incrementAndGet();
            try {
                monitor.wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        ExpertMemory memory = new ExpertMemory(experts, new MemoryOptions(stored + 2 * one, Compression.NONE, simple));
        ExpertHold hold = memory.hold(new int[] {0}, one);
        Future<?> waiting = threads.submit(() ->
                memory.hold(new int[] {0}, one, Patience.of(Duration.ZERO)).close());
        until(() -> asked.get() > 0);
        hold.close();
        waiting.get();
    }

    @Test
    void whoHasNoRoomMakesNobodyGiveUpAnything() {
        ExpertMemory memory = memory(4);
        ExpertHold held = memory.hold(new int[] {0}, one);
        ExpertHold rests = memory.hold(new int[] {1}, 0);
        AtomicBoolean given = new AtomicBoolean();
        rests.rest(() -> given.set(true));
        memory.hold(new int[] {2}, 0).close();
        assertThatThrownBy(() -> memory.hold(new int[] {3}, 2 * one, Patience.of(Duration.ofMillis(20))))
                .isInstanceOf(MemoryWaitException.class);
        assertThat(given).isFalse();
        assertThat(memory.usage().experts()).isEqualTo(3);
        assertThat(rests.resume()).isTrue();
        rests.close();
        held.close();
    }

    @Test
    void whoHasNoTimeIsServedWhereThereIsRoomAndOtherwiseToldAtOnce() {
        ExpertMemory memory = memory(2);
        Patience none = Patience.of(Duration.ofSeconds(-1));
        try (ExpertHold hold = memory.hold(new int[] {0}, one, none)) {
            assertThat(hold.student(0)).isNotNull();
            assertThatThrownBy(() -> memory.hold(new int[] {0}, 1, none)).isInstanceOf(MemoryWaitException.class);
        }
    }
}
