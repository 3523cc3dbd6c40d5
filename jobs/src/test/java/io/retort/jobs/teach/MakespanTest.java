package io.retort.jobs.teach;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MakespanTest {
    @Test
    void oneTaskTakesTheSum() {
        assertThat(Makespan.of(new double[] {1, 2, 3, 4}, 3, 1)).isEqualTo(10);
    }

    /** Cut in three, the items are 1, 2 and 3+4: the first task goes on to the third. In four: 1+3 and 2+4. */
    @Test
    void aSliceBeginsWhereATaskIsFree() {
        assertThat(Makespan.of(new double[] {1, 2, 3, 4}, 3, 2)).isEqualTo(8);
        assertThat(Makespan.of(new double[] {1, 2, 3, 4}, 4, 2)).isEqualTo(6);
        assertThat(Makespan.of(new double[] {6, 1, 1, 1}, 4, 2)).isEqualTo(6);
    }
}
