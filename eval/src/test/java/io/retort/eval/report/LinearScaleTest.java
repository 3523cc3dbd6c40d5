package io.retort.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LinearScaleTest {
    @Test
    void mapsEndsToEndsAndMayRunBackwards() {
        LinearScale scale = new LinearScale(-1, 3, 200, 100);
        assertThat(scale.at(-1)).isEqualTo(200);
        assertThat(scale.at(3)).isEqualTo(100);
        assertThat(scale.at(0)).isCloseTo(175, within(1e-12));
    }

    @Test
    void ticksAreRoundNumbersWithinTheRange() {
        assertThat(new LinearScale(0, 1.05, 0, 1).ticks(5))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
                .containsExactly(0.0, 0.2, 0.4, 0.6, 0.8, 1.0);
        assertThat(new LinearScale(-0.3, 1, 0, 1).ticks(5).get(0)).isCloseTo(-0.2, Offset.offset(1e-12));
        assertThat(new LinearScale(0, 1600, 0, 1).ticks(4)).containsExactly(0.0, 500.0, 1000.0, 1500.0);
        assertThat(new LinearScale(0, 1.05, 0, 1).tickDigits(5)).isEqualTo(1);
        assertThat(new LinearScale(0, 4.4, 0, 1).tickDigits(5)).isZero();
        assertThat(new LinearScale(0, 0.04, 0, 1).tickDigits(5)).isEqualTo(2);
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatThrownBy(() -> new LinearScale(1, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
