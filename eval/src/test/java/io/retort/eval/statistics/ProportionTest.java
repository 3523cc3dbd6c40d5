package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProportionTest {
    private static final int REPLICATES = 100;

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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20, 100, 400})
    void oneMoreThatIsRightNeverLowersABound(int documents) {
        Interval before = new Interval(-1, -1, 0.95, IntervalMethod.WILSON);
        for (int right = 0; right <= documents; right++) {
            int last = right;
            Interval interval = Proportion.of(mean(documents, i -> i < last ? 1 : 0), 0.95);
            assertThat(interval.contains((double) right / documents))
                    .as("%d of %d", right, documents)
                    .isTrue();
            assertThat(interval.lower()).as("%d of %d", right, documents).isGreaterThan(before.lower());
            assertThat(interval.upper()).as("%d of %d", right, documents).isGreaterThanOrEqualTo(before.upper());
            before = interval;
        }
    }

    @Test
    void scoresThatAreNeitherRightNorWrongHaveTheBootstrapsIntervalUnlessNearlyAllSucceed() {
        assertThat(Proportion.of(mean(100, i -> i % 4 / 3.0), 0.95).method())
                .isEqualTo(IntervalMethod.POISSON_BOOTSTRAP);
        assertThat(Proportion.of(mean(100, i -> i == 0 ? 0.5 : 1), 0.95).method())
                .isEqualTo(IntervalMethod.WILSON);
        assertThat(Proportion.of(mean(0, i -> 1), 0.95).isDefined()).isFalse();
    }

    private static Estimate mean(int documents, IntToDoubleFunction score) {
        RatioState state = new RatioState(REPLICATES);
        int[] weights = new int[REPLICATES];
        PoissonWeights poisson = new PoissonWeights(new BootstrapSettings(3, REPLICATES, 0.95));
        // In two parts, as Spark does it.
        RatioState other = new RatioState(REPLICATES);
        for (int i = 0; i < documents; i++) {
            long hash = PoissonWeights.hash("document " + i);
            poisson.draw(hash, weights);
            (i % 3 == 0 ? other : state).update(hash, FixedPoint.of(score.applyAsDouble(i)), 1, weights);
        }
        state.merge(other);
        return state.finish(1);
    }

    @Test
    void refusesAProportionInBetween() {
        assertThatThrownBy(() -> Proportion.unanimous(3, 4, 0.95)).isInstanceOf(IllegalArgumentException.class);
    }
}
