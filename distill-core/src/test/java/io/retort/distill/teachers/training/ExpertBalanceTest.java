package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class ExpertBalanceTest {
    @Test
    void anExpertChosenTooSeldomIsRaisedAndOneChosenTooOftenLowered() {
        assertThat(ExpertBalance.moves(new long[] {10, 30, 20, 20}, 0.5f)).containsExactly(0.5f, -0.5f, 0, 0);
        assertThat(ExpertBalance.moves(new long[] {7, 7}, 0.5f)).containsExactly(0, 0);
        assertThat(ExpertBalance.moves(new long[] {0, 0, 9}, 0.25f)).containsExactly(0.25f, 0.25f, -0.25f);
    }

    @Test
    void theBiasMovesInPlace() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray bias = manager.create(new float[] {1, 2, 3});
            ExpertBalance.apply(bias, new long[] {1, 2, 3}, 0.5, manager);
            assertThat(bias.toFloatArray()).containsExactly(1.5f, 2, 2.5f);
        }
    }
}
