package io.retort.jobs.corpora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.corpus.DocumentOutline;
import io.retort.datasets.corpus.Split;
import io.retort.jobs.corpora.WeightedChoice.Id;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WeightedChoiceTest {
    private static final int DOCUMENTS = 20_000;
    private static final double LIGHT = .5;
    private static final double HEAVY = 1.5;

    private final List<DocumentOutline> outlines = new ArrayList<>();
    private final Map<Id, Double> weights = new HashMap<>();

    WeightedChoiceTest() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < DOCUMENTS; i++) {
            DocumentOutline outline = new DocumentOutline(random.nextLong(), random.nextLong(), 10);
            outlines.add(outline);
            weights.put(Id.of(outline), i % 2 == 0 ? LIGHT : HEAVY);
        }
    }

    private List<DocumentOutline> drawn(double share, long seed) {
        Predicate<DocumentOutline> taken =
                new WeightedChoice(weights, share, seed).among("math", Split.TRAIN, outlines);
        return outlines.stream().filter(taken).toList();
    }

    private double light(List<DocumentOutline> drawn) {
        return drawn.stream()
                        .filter(outline -> weights.getOrDefault(Id.of(outline), HEAVY) == LIGHT)
                        .count()
                / (double) drawn.size();
    }

    @Test
    void aShareIsDrawnByWeight() {
        List<DocumentOutline> drawn = drawn(.4, 1);

        assertThat(drawn.size() / (double) DOCUMENTS).isCloseTo(.4, within(.02));
        assertThat(light(drawn)).isCloseTo(LIGHT / (LIGHT + HEAVY), within(.02));
    }

    @Test
    void whatIsDrawnForSureLeavesTheRestToTheOthers() {
        // All heavy ones, and of the light ones six in ten.
        List<DocumentOutline> drawn = drawn(.8, 1);

        assertThat(drawn.size() / (double) DOCUMENTS).isCloseTo(.8, within(.02));
        assertThat(light(drawn)).isCloseTo(.3 / .8, within(.02));
        assertThat(drawn(1, 1)).hasSize(DOCUMENTS);
    }

    @Test
    void theSeedDecides() {
        assertThat(drawn(.4, 1)).isEqualTo(drawn(.4, 1)).isNotEqualTo(drawn(.4, 2));
    }

    @Test
    void documentsWithoutAWeightHaveWeightOneAndDomainsWithoutAreTakenWhole() {
        outlines.forEach(outline -> {
            if (weights.getOrDefault(Id.of(outline), HEAVY) == LIGHT) {
                weights.remove(Id.of(outline));
            }
        });
        Predicate<DocumentOutline> taken = new WeightedChoice(weights, .4, 1).among("math", Split.TRAIN, outlines);
        long without = outlines.stream()
                .filter(taken)
                .filter(outline -> !weights.containsKey(Id.of(outline)))
                .count();
        long all = outlines.stream().filter(taken).count();
        assertThat(without / (double) all).isCloseTo(1 / (1 + HEAVY), within(.02));

        WeightedChoice none = new WeightedChoice(Map.of(), .4, 1);
        assertThat(outlines).allMatch(none.among("math", Split.TRAIN, outlines));
        WeightedChoice some = new WeightedChoice(weights, .4, 1);
        assertThat(outlines).allMatch(some.among("math", Split.VALIDATION, outlines));
    }
}
