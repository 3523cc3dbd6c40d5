package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EpochOrderTest {

    private final List<Window> windows = windows(300);

    @Test
    void everyWindowOccursOnceAnEpoch() {
        EpochOrder order = new EpochOrder(windows, 1024, 5);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Window> seen =
                    order.batches(epoch).stream().flatMap(List::stream).toList();
            assertThat(seen).containsExactlyInAnyOrderElementsOf(windows);
        }
    }

    @Test
    void everyEpochHasTheSameNumberOfBatchesInAnotherOrder() {
        EpochOrder order = new EpochOrder(windows, 1024, 5);

        assertThat(order.batches(1)).hasSize(order.batchesPerEpoch()).isNotEqualTo(order.batches(0));
        assertThat(order.batches(7)).hasSize(order.batchesPerEpoch()).isEqualTo(order.batches(7));
        assertThat(new EpochOrder(windows, 1024, 6).batches(0)).isNotEqualTo(order.batches(0));
    }

    @Test
    void batchesHaveTheirPositionsAndLengthsOfAllKinds() {
        EpochOrder order = new EpochOrder(windows, 1024, 5);
        for (List<Window> batch : order.batches(0)) {
            int positions = batch.stream().mapToInt(Window::positions).sum();
            assertThat(positions).isBetween(1024 - 250, 1024 + 250);
            assertThat(batch.stream().mapToInt(Window::positions).max().orElseThrow())
                    .isGreaterThan(batch.get(0).positions() / 2);
        }
    }

    @Test
    void noBatchIsEmpty() {
        for (int count : new int[] {1, 2, 7, 50}) {
            for (int symbols : new int[] {1, 100, 400, 100_000}) {
                assertThat(new EpochOrder(windows(count), symbols, 3).batches(2))
                        .noneMatch(List::isEmpty);
            }
        }
    }

    @Test
    void aWindowLongerThanABatchIsABatch() {
        EpochOrder order = new EpochOrder(List.of(new Window(0, 0, 5000), new Window(1, 0, 20)), 1024, 5);

        assertThat(order.batchesPerEpoch()).isEqualTo(2);
    }

    @Test
    void refusesToTrainOnNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EpochOrder(List.of(), 1024, 5));
    }

    private static List<Window> windows(int count) {
        Random random = new Random(1);
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            windows.add(new Window(i, 0, 10 + random.nextInt(240)));
        }
        return windows;
    }
}
