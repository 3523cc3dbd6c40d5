package io.retort.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log by itself: no lease keeps anybody back here, as none keeps back a holder that was suspended and wakes. */
@Timeout(120)
class AliasLogTest {
    private static final int ADDERS = 4;

    @TempDir
    private Path directory = Path.of("unset");

    private AliasLog log(int round) {
        return new AliasLog(Storage.local(), Location.of(directory.toString()).resolve("log-" + round));
    }

    private static AliasMove move(int from, int to) {
        return AliasMove.by("tiny", Alias.CHAMPION, MoveReason.PROMOTED, from, to, Instant.EPOCH);
    }

    @Test
    void ofManyThatAddWithoutALeaseOneSucceedsAndItsRecordStays() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(ADDERS);
        try {
            for (int round = 0; round < 25; round++) {
                AliasLog log = log(round);
                CyclicBarrier together = new CyclicBarrier(ADDERS);
                List<Callable<Boolean>> adders = new ArrayList<>();
                for (int adder = 1; adder <= ADDERS; adder++) {
                    AliasMove mine = move(0, adder);
                    adders.add(() -> {
                        together.await();
                        return log.append(mine);
                    });
                }
                List<Integer> added = new ArrayList<>();
                int adder = 0;
                for (Future<Boolean> result : threads.invokeAll(adders)) {
                    adder++;
                    if (result.get()) {
                        added.add(adder);
                    }
                }
                assertThat(added).as("round " + round).hasSize(1);
                assertThat(log.moves()).containsExactly(move(0, added.get(0)));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aMoveThatBeginsElsewhereIsNotAdded() throws Exception {
        assertThat(log(0).append(move(0, 1))).isTrue();
        assertThat(log(0).append(move(0, 2))).isFalse();
        assertThat(log(0).append(move(1, 2))).isTrue();
        assertThat(log(0).moves()).containsExactly(move(0, 1), move(1, 2));
    }
}
