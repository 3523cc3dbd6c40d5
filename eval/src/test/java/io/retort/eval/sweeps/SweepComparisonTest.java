package io.retort.eval.sweeps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import io.retort.eval.statistics.BootstrapSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class SweepComparisonTest {
    private static final BootstrapSettings SETTINGS = new BootstrapSettings(3, 1000, 0.95);
    private static final int DOCUMENTS = 100;

    /** Texts of ten bytes at {@code bits} bits a byte. */
    private static List<DocumentOutcome> outcomes(IntPredicate right, double bits) {
        List<DocumentOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            Likelihood text = new Likelihood(10 * bits * Math.log(2), 10);
            outcomes.add(new DocumentOutcome(
                    new DocumentKey("math", "add", "d" + i),
                    new EvaluatedModel("student", ModelKind.EXPERT),
                    new Score(right.test(i) ? 1 : 0, text, text),
                    new Sample("", "", "", ""),
                    List.of()));
        }
        return outcomes;
    }

    private static SortedMap<Long, List<DocumentOutcome>> seeds(List<List<DocumentOutcome>> bySeed) {
        SortedMap<Long, List<DocumentOutcome>> seeds = new TreeMap<>();
        bySeed.forEach(outcomes -> seeds.put(seeds.size() + 1L, outcomes));
        return seeds;
    }

    private static List<VariantFigures> compare(Map<String, SortedMap<Long, List<DocumentOutcome>>> outcomes) {
        return new SweepComparison(Comparisons.with("ce"), SETTINGS).of(outcomes);
    }

    @Test
    void aVariantIsHeldAgainstTheBaselineOverDocumentsAndSeeds() {
        Map<String, SortedMap<Long, List<DocumentOutcome>>> outcomes = new LinkedHashMap<>();
        outcomes.put(
                "distilled",
                seeds(List.of(outcomes(i -> i < 80, 1), outcomes(i -> i < 70, 1.2), outcomes(i -> i < 90, 0.8))));
        outcomes.put(
                "ce", seeds(List.of(outcomes(i -> i < 60, 2), outcomes(i -> i < 50, 2.2), outcomes(i -> i < 70, 1.8))));
        outcomes.put("none", new TreeMap<>());

        List<VariantFigures> figures = compare(outcomes);

        assertThat(figures).extracting(VariantFigures::variant).containsExactly("distilled", "ce", "none");
        Compared right = figures.get(0).figure(Metric.ACCURACY).orElseThrow();
        assertThat(right.mean()).isCloseTo(0.8, within(1e-9));
        assertThat(right.difference()).isCloseTo(0.2, within(1e-9));
        assertThat(right.differenceInterval().lower()).isBetween(0.1, 0.2);
        assertThat(right.differenceInterval().upper()).isBetween(0.2, 0.3);
        assertThat(right.pValue()).isLessThan(0.01);
        assertThat(right.interval().upper() - right.interval().lower())
                .as("seeds add to the spread of the mean, and not to that of the difference")
                .isGreaterThan(right.differenceInterval().upper()
                        - right.differenceInterval().lower());
        assertThat(figures.get(0).figure(Metric.BITS_PER_BYTE).orElseThrow().difference())
                .isCloseTo(-1, within(1e-6));
        Compared base = figures.get(1).figure(Metric.ACCURACY).orElseThrow();
        assertThat(base.mean()).isCloseTo(0.6, within(1e-9));
        assertThat(base.difference()).isNaN();
        assertThat(base.adjustedPValue()).isNaN();
        assertThat(figures.get(2).figures()).isEmpty();
    }

    @Test
    void theDifferenceIsOverTheSeedsThatBothHave() {
        Map<String, SortedMap<Long, List<DocumentOutcome>>> outcomes = new LinkedHashMap<>();
        outcomes.put("ce", seeds(List.of(outcomes(i -> i < 40, 2), outcomes(i -> i < 50, 2))));
        outcomes.put("other", seeds(List.of(outcomes(i -> i < 45, 2))));

        VariantFigures other = compare(outcomes).get(1);

        assertThat(other.seeds()).containsExactly(1L);
        assertThat(other.figure(Metric.ACCURACY).orElseThrow().difference()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void pValuesAreCorrectedForTheNumberOfVariants() {
        Map<String, SortedMap<Long, List<DocumentOutcome>>> outcomes = new LinkedHashMap<>();
        outcomes.put("ce", seeds(List.of(outcomes(i -> i < 50, 2))));
        outcomes.put("a", seeds(List.of(outcomes(i -> i < 70, 2))));
        outcomes.put("b", seeds(List.of(outcomes(i -> i < 53, 2))));

        List<VariantFigures> figures = compare(outcomes);

        Compared a = figures.get(1).figure(Metric.ACCURACY).orElseThrow();
        assertThat(a.adjustedPValue()).isCloseTo(2 * a.pValue(), within(1e-12));
        assertThat(figures.get(2).figure(Metric.ACCURACY).orElseThrow().adjustedPValue())
                .isCloseTo(figures.get(2).figure(Metric.ACCURACY).orElseThrow().pValue(), within(1e-12));
    }

    @Test
    void aVariantMayBeComparedWithAnotherThanTheBaseline() {
        Comparisons comparisons = new Comparisons("ce", new TreeMap<>(Map.of("few", "few-ce")));
        Map<String, SortedMap<Long, List<DocumentOutcome>>> outcomes = new LinkedHashMap<>();
        outcomes.put("ce", seeds(List.of(outcomes(i -> i < 50, 2))));
        outcomes.put("few", seeds(List.of(outcomes(i -> i < 40, 2))));
        outcomes.put("few-ce", seeds(List.of(outcomes(i -> i < 20, 2))));

        List<VariantFigures> figures = new SweepComparison(comparisons, SETTINGS).of(outcomes);

        assertThat(figures.get(1).figure(Metric.ACCURACY).orElseThrow().difference())
                .isCloseTo(0.2, within(1e-9));
        assertThat(figures.get(2).figure(Metric.ACCURACY).orElseThrow().difference())
                .isCloseTo(-0.3, within(1e-9));
        assertThat(comparisons.references()).containsExactly("ce", "few-ce");
        assertThat(comparisons.of("ce")).isEmpty();
    }

    @Test
    void withoutTheBaselineNothingIsCompared() {
        Map<String, SortedMap<Long, List<DocumentOutcome>>> outcomes = new LinkedHashMap<>();
        outcomes.put("a", seeds(List.of(outcomes(i -> i < 70, 2))));

        assertThat(compare(outcomes)
                        .get(0)
                        .figure(Metric.ACCURACY)
                        .orElseThrow()
                        .difference())
                .isNaN();
    }
}
