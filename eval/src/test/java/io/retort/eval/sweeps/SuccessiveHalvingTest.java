package io.retort.eval.sweeps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {
    private static final SuccessiveHalving HALF =
            new SuccessiveHalving(List.of(0.25, 0.5), 0.5, SweepScore.RIGHT_ANSWERS);

    private static Standing of(double right, double bits) {
        return new Standing(right, bits);
    }

    @Test
    void theWorseHalfStopsAndTheBaselineNeverDoes() {
        Map<String, Standing> standings =
                Map.of("a", of(0.9, 1), "b", of(0.2, 1), "c", of(0.5, 1), "d", of(0.4, 1), "base", of(0.1, 9));

        assertThat(HALF.stopped(standings, Set.of("base"))).containsExactly("b", "d");
    }

    @Test
    void anOddNumberKeepsTheLargerHalfAndOneAlwaysGoesOn() {
        assertThat(HALF.stopped(Map.of("a", of(0.1, 1), "b", of(0.2, 1), "c", of(0.3, 1)), Set.of()))
                .containsExactly("a");
        assertThat(HALF.stopped(Map.of("a", of(0.1, 1)), Set.of())).isEmpty();
        assertThat(HALF.stopped(Map.of(), Set.of("base"))).isEmpty();
        // A tenth of ten is one, whatever binary fractions make of it.
        SuccessiveHalving third = new SuccessiveHalving(List.of(0.5), 0.7, SweepScore.RIGHT_ANSWERS);
        Map<String, Standing> ten = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            ten.put("v" + i, of(i / 10.0, 1));
        }
        assertThat(third.stopped(ten, Set.of())).containsExactly("v0", "v1", "v2");
    }

    @Test
    void tiesInAnswersAreDecidedByBitsAndTheUnknownIsLast() {
        Map<String, Standing> untaught = Map.of("a", of(0, 2.5), "b", of(0, 1.5), "c", Standing.UNKNOWN, "d", of(0, 2));

        assertThat(HALF.stopped(untaught, Set.of())).containsExactly("a", "c");
        SuccessiveHalving byBits = new SuccessiveHalving(List.of(0.5), 0.5, SweepScore.ANSWER_BITS);
        assertThat(byBits.stopped(Map.of("a", of(0.9, 2), "b", of(0.1, 1)), Set.of()))
                .containsExactly("a");
        assertThat(HALF.stopped(Map.of("b", of(0.5, 1), "a", of(0.5, 1)), Set.of()))
                .as("of equals the first by name goes on")
                .containsExactly("b");
    }

    @Test
    void rungsAreStepsBeforeTheEnd() {
        assertThat(HALF.steps(1000)).containsExactly(250, 500);
        assertThat(HALF.steps(2)).containsExactly(1, 1);
        assertThat(HALF.steps(1)).containsExactly(1, 1);
        assertThat(SuccessiveHalving.none().steps(1000)).isEmpty();
        assertThat(SuccessiveHalving.none().stopped(Map.of("a", of(0, 0), "b", of(1, 1)), Set.of()))
                .isEmpty();
    }

    @Test
    void whatIsStoppedIsNotTrained() {
        // All four for a quarter, two for another, one for the half that is left: (4 + 2 + 2) / 16.
        assertThat(HALF.expectedShare(4)).isCloseTo(0.5, within(1e-12));
        assertThat(HALF.expectedShare(1)).isEqualTo(1);
        assertThat(HALF.expectedShare(0)).isEqualTo(1);
        assertThat(SuccessiveHalving.none().expectedShare(9)).isEqualTo(1);
    }

    @Test
    void theMeanOfNothingIsUnknown() {
        assertThat(Standing.mean(List.of())).isEqualTo(Standing.UNKNOWN);
        assertThat(Standing.mean(List.of(of(0.25, 1), of(0.75, 2)))).isEqualTo(of(0.5, 1.5));
    }

    @Test
    void rungsAndSharesThatCannotBeAreRefused() {
        for (List<Double> rungs : List.of(List.of(0.5, 0.25), List.of(0.0), List.of(1.0), List.of(Double.NaN))) {
            assertThatThrownBy(() -> new SuccessiveHalving(rungs, 0.5, SweepScore.RIGHT_ANSWERS))
                    .hasMessageContaining("ascend between 0 and 1");
        }
        assertThatThrownBy(() -> new SuccessiveHalving(List.of(0.5), 0, SweepScore.RIGHT_ANSWERS))
                .hasMessageContaining("share above 0");
    }
}
