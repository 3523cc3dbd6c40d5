package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HolmTest {
    /** R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02. */
    @Test
    void agreesWithR() {
        assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, Offset.offset(1e-15));
    }

    @Test
    void staysAtOneAndPassesOverTestsThatWereNotMade() {
        assertThat(Holm.adjust(new double[] {0.9, Double.NaN, 0.8})).containsExactly(1, Double.NaN, 1);
        assertThat(Holm.adjust(new double[0])).isEmpty();
    }
}
