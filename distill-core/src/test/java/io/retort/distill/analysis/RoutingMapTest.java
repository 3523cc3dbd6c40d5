package io.retort.distill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingMapTest {
    private static final Permutations PERMUTATIONS = new Permutations(19, 7);

    static DocumentRouting document(String id, String domain, int... choices) {
        double[] weights = new double[choices.length];
        for (int expert = 0; expert < weights.length; expert++) {
            weights[expert] = 0.25 * choices[expert];
        }
        int tokens = 0;
        for (int chosen : choices) {
            tokens += chosen;
        }
        return new DocumentRouting(id, domain, tokens, 1, new int[][] {choices}, new double[][] {weights});
    }

    private static List<DocumentRouting> documents() {
        return List.of(
                document("a", "math", 30, 10, 0),
                document("b", "math", 50, 10, 0),
                document("c", "language", 0, 100, 100),
                document("d", "language", 0, 60, 40));
    }

    @Test
    void sharesWeightsAndLiftsAreThoseCountedByHand() {
        LayerRouting layer = RoutingMap.of(documents(), List.of("math", "language"), PERMUTATIONS)
                .layers()
                .get(0);
        DomainUse math = layer.domains().get(0);

        assertThat(layer.layer()).isEqualTo(1);
        assertThat(math.choices()).containsExactly(80, 20, 0);
        assertThat(math.shares()).containsExactly(0.8, 0.2, 0);
        assertThat(math.meanWeights()).containsExactly(0.25, 0.25, 0);
        double own = 80.5 / 101.5;
        double other = 0.5 / 301.5;
        assertThat(math.liftBits()[0]).isCloseTo(Math.log(own / ((own + other) / 2)) / Math.log(2), within(1e-12));
        // Loads (0.8 + 0)/2, (0.2 + 160/300)/2, (0 + 140/300)/2.
        assertThat(layer.balance().largestOverMean()).isCloseTo(3 * 0.4, within(1e-12));
    }

    @Test
    void theOrderOfTheDocumentsChangesNothing() {
        List<DocumentRouting> reversed = new ArrayList<>(documents());
        Collections.reverse(reversed);

        assertThat(RoutingMap.of(reversed, List.of("math", "language"), PERMUTATIONS)
                        .layers()
                        .get(0)
                        .information())
                .isEqualTo(RoutingMap.of(documents(), List.of("math", "language"), PERMUTATIONS)
                        .layers()
                        .get(0)
                        .information());
    }

    @Test
    void aDomainWithoutDocumentsAndADocumentWithoutDomainAreRefused() {
        assertThatThrownBy(() -> RoutingMap.of(documents(), List.of("math", "language", "coding"), PERMUTATIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("coding");
        assertThatThrownBy(() -> RoutingMap.of(documents(), List.of("math"), PERMUTATIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("document c");
    }
}
