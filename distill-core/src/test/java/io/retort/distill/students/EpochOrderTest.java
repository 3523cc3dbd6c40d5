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
    void batchesHoldTheirPositionsWithLittlePadding() {
        EpochOrder order = new EpochOrder(windows, 1024, 5);
        int padded = 0;
        int positions = 0;
        for (List<Window> batch : order.batches(0)) {
            int longest = batch.stream().mapToInt(Window::paddedPositions).max().orElseThrow();
            assertThat(longest * batch.size()).isLessThanOrEqualTo(1024);
            padded += longest * batch.size();
            positions += batch.stream().mapToInt(Window::positions).sum();
        }
        // Half of the padding step of 32 on average, over windows of 130 on average, and the rest of each bucket.
        assertThat((double) padded / positions).isLessThan(1.25);
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
