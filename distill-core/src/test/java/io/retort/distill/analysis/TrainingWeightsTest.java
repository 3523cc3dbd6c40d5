package io.retort.distill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingWeightsTest {
    private static final RoutingMap MAP = RoutingMap.of(
            List.of(RoutingMapTest.document("a", "math", 300, 100), RoutingMapTest.document("b", "language", 100, 300)),
            List.of("math", "language"),
            new Permutations(3, 1));

    @Test
    void evidenceIsTheMeanLogRatioOfTheTokensChoices() {
        // p(0 | math) = 300.5/401 with half a choice added, p(0) = 1/2.
        double forFirst = Math.log(300.5 / 401 / 0.5) / Math.log(2);
        double forSecond = Math.log(100.5 / 401 / 0.5) / Math.log(2);

        assertThat(TrainingWeights.evidence(RoutingMapTest.document("c", "math", 3, 1), MAP, 0))
                .isCloseTo((3 * forFirst + forSecond) / 4, within(1e-12));
    }

    @Test
    void documentsThatUseTheDomainsExpertsWeighMoreAndTheMeanIsOne() {
        double[] weights = new TrainingWeights(1, 4).of(new double[] {1, 0, -1, 20});

        assertThat(Arrays.stream(weights).average().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(weights[3]).isGreaterThan(weights[0]);
        assertThat(weights[0]).isGreaterThanOrEqualTo(weights[1]);
        // Bounded by 4 and 1/4 before the mean is taken out.
        assertThat(weights[3] / weights[2]).isCloseTo(16, within(1e-9));
    }

    @Test
    void noStrengthWeighsAllAlike() {
        assertThat(new TrainingWeights(0, 4).of(new double[] {1, 0, -1})).containsExactly(1, 1, 1);
    }

    @Test
    void choicesOfAnotherModelAreRefused() {
        assertThatThrownBy(() -> TrainingWeights.evidence(RoutingMapTest.document("c", "math", 3, 1, 1), MAP, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 experts, found 1 and 3");
    }
}
