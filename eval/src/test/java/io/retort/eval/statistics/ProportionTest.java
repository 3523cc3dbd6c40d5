package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {
    /** scipy.stats.binomtest(n, n).proportion_ci(0.95, "exact"), SciPy 1.17.1. */
    @Test
    void agreesWithScipyWhereAllOrNoneSucceed() {
        assertThat(Proportion.unanimous(20, 20, 0.95).lower()).isCloseTo(0.8315665290169145, within(1e-12));
        assertThat(Proportion.unanimous(20, 20, 0.95).upper()).isEqualTo(1);
        assertThat(Proportion.unanimous(0, 400, 0.95).upper()).isCloseTo(0.009179804583673406, within(1e-12));
        assertThat(Proportion.unanimous(0, 400, 0.95).lower()).isEqualTo(0);
    }

    @Test
    void aDifferenceThatWasTheSameInAllTrialsIsNotCertain() {
        // Of 20 trials the exact bound of what was never seen is 1 − 0.8315665290169145 (scipy, above).
        double unseen = 1 - 0.8315665290169145;
        assertThat(Proportion.unvariedDifference(0, 20, 0.95).lower()).isCloseTo(-unseen, within(1e-12));
        assertThat(Proportion.unvariedDifference(0, 20, 0.95).upper()).isCloseTo(unseen, within(1e-12));
        assertThat(Proportion.unvariedDifference(1, 20, 0.95).lower()).isCloseTo(1 - 2 * unseen, within(1e-12));
        assertThat(Proportion.unvariedDifference(1, 20, 0.95).upper()).isEqualTo(1);
        assertThat(Proportion.unvariedDifference(-0.5, 20, 0.95).contains(-0.5)).isTrue();
    }

    /** By hand from (k + z²/2 ± z√(k(n−k)/n + z²/4)) / (n + z²). */
    @Test
    void wilsonsIntervalIsTheOneOfItsFormula() {
        double z = 1.959963984540054;
        double reach = z * Math.sqrt(3.0 * 197 / 200 + z * z / 4);
        Interval interval = Proportion.wilson(3 / 200.0, 200, 0.95);
        assertThat(interval.lower()).isCloseTo((3 + z * z / 2 - reach) / (200 + z * z), within(1e-5));
        assertThat(interval.upper()).isCloseTo((3 + z * z / 2 + reach) / (200 + z * z), within(1e-5));
        assertThat(interval.method()).isEqualTo(IntervalMethod.WILSON);
        assertThat(Proportion.wilson(1, 20, 0.95).upper()).isEqualTo(1);
    }

    @Test
    void refusesAProportionInBetween() {
        assertThatThrownBy(() -> Proportion.unanimous(3, 4, 0.95)).isInstanceOf(IllegalArgumentException.class);
    }
}
