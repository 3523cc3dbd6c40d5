package io.retort.inference.ensembles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.alphabet.SymbolDecoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final FixedStudent FIRST =
            new FixedStudent(new double[][] {{0.5, 0.25, 0.25}, {0.1, 0.8, 0.1}, {0.2, 0.2, 0.6}});
    private static final FixedStudent SECOND =
            new FixedStudent(new double[][] {{0.1, 0.1, 0.8}, {0.4, 0.4, 0.2}, {0.9, 0.05, 0.05}});

    private static Mixture mixture(Weighting weighting, int capacity) {
        return new Mixture(List.of(new Member(FIRST, 0.75), new Member(SECOND, 0.25)), weighting, capacity);
    }

    @Test
    void fixedWeightsMixEachNextSymbolsProbabilities() {
        Mixture mixture = mixture(Weighting.FIXED, 8);
        mixture.step(0);
        assertThat(mixture.logProbability(0)).isCloseTo(Math.log(0.75 * 0.5 + 0.25 * 0.1), within(1e-6));
        assertThat(mixture.logProbability(2)).isCloseTo(Math.log(0.75 * 0.25 + 0.25 * 0.8), within(1e-6));
        assertThat(mixture.mostLikely(new SymbolDecoder())).isEqualTo(0);
        mixture.step(2);
        // 0.75 * 0.2 + 0.25 * 0.9 = 0.375 against 0.1625 and 0.4625.
        assertThat(mixture.logProbability(0)).isCloseTo(Math.log(0.375), within(1e-6));
        assertThat(mixture.mostLikely(new SymbolDecoder())).isEqualTo(2);
    }

    @Test
    void posteriorWeightsMakeTheTextsProbabilityTheMixtureOfTheStudents() {
        Mixture mixture = mixture(Weighting.POSTERIOR, 8);
        int[] text = {1, 2, 0, 2, 2};
        mixture.prefill(new int[] {0}, 0, 1);
        double sum = 0;
        double first = 1;
        double second = 1;
        int last = 0;
        for (int symbol : text) {
            sum += mixture.logProbability(symbol);
            mixture.step(symbol);
            first *= FIRST.rows()[last][symbol];
            second *= SECOND.rows()[last][symbol];
            last = symbol;
        }
        assertThat(sum).isCloseTo(Math.log(0.75 * first + 0.25 * second), within(1e-5));
    }

    @Test
    void atATemperatureEachPredictionIsFlattenedAndKeepsItsOrder() {
        for (Weighting weighting : Weighting.values()) {
            Mixture plain = mixture(weighting, 8);
            Mixture hot = new Mixture(List.of(new Member(FIRST, 0.75), new Member(SECOND, 0.25)), weighting, 8, 2);
            for (int symbol : new int[] {0, 2, 1, 1}) {
                plain.step(symbol);
                hot.step(symbol);
                double[] roots = new double[3];
                double sum = 0;
                for (int s = 0; s < 3; s++) {
                    roots[s] = Math.sqrt(Math.exp(plain.logProbability(s)));
                    sum += roots[s];
                }
                for (int s = 0; s < 3; s++) {
                    assertThat(hot.logProbability(s)).isCloseTo(Math.log(roots[s] / sum), within(1e-9));
                    assertThat(hot.copy().logProbability(s)).isEqualTo(hot.logProbability(s));
                    assertThat(hot.logProbabilities()[s]).isEqualTo(plain.logProbability(s));
                }
                assertThat(hot.mostLikely(new SymbolDecoder())).isEqualTo(plain.mostLikely(new SymbolDecoder()));
            }
        }
        assertThatThrownBy(() -> new Mixture(List.of(new Member(FIRST, 1)), Weighting.FIXED, 8, 0))
                .hasMessageContaining("temperature");
    }

    @Test
    void aTextIsScoredAsItsSymbolsAreOneByOne() {
        int[] text = new int[71];
        for (int i = 0; i < text.length; i++) {
            text[i] = i * i % 3;
        }
        for (Weighting weighting : Weighting.values()) {
            for (double temperature : new double[] {1, 2}) {
                List<Member> members = List.of(new Member(FIRST, 0.75), new Member(SECOND, 0.25));
                Mixture stepped = new Mixture(members, weighting, 80, temperature);
                Mixture scored = new Mixture(members, weighting, 80, temperature);
                stepped.step(1);
                scored.step(1);
                double sum = 0;
                for (int symbol : text) {
                    sum += stepped.logProbability(symbol);
                    stepped.step(symbol);
                }
                assertThat(scored.score(text, 0, text.length)).isCloseTo(sum, within(1e-9));
                assertThat(scored.position()).isEqualTo(text.length);
                scored.step(text[text.length - 1]);
                assertThat(scored.logProbability(2)).isCloseTo(stepped.logProbability(2), within(1e-9));
            }
        }
        assertThat(mixture(Weighting.FIXED, 8).score(text, 3, 3)).isZero();
    }

    @Test
    void aCopyGoesItsOwnWay() {
        Mixture mixture = mixture(Weighting.POSTERIOR, 8);
        mixture.step(0);
        Mixture copy = mixture.copy();
        double before = mixture.logProbability(1);
        copy.step(2);
        copy.step(2);
        assertThat(mixture.logProbability(1)).isEqualTo(before);
        assertThat(mixture.position()).isEqualTo(1);
        mixture.step(2);
        mixture.step(2);
        assertThat(mixture.logProbability(1)).isEqualTo(copy.logProbability(1));
    }

    @Test
    void anImpossibleSymbolHasNoProbabilityInsteadOfNone() {
        FixedStudent never = new FixedStudent(new double[][] {{1, 0}, {1, 0}});
        Mixture mixture = new Mixture(List.of(new Member(never, 0.5), new Member(never, 0.5)), Weighting.FIXED, 4);
        mixture.step(0);
        assertThat(mixture.logProbability(1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(mixture.logProbability(0)).isCloseTo(0, within(1e-12));
    }

    @Test
    void aPredictionNeedsAStepAndWeightsAddUp() {
        Mixture mixture = mixture(Weighting.FIXED, 4);
        assertThatThrownBy(() -> mixture.logProbability(0)).isInstanceOf(IllegalStateException.class);
        mixture.step(0);
        mixture.prefill(new int[] {0}, 0, 1);
        assertThatThrownBy(() -> mixture.mostLikely(new SymbolDecoder())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Mixture(List.of(new Member(FIRST, 0.5)), Weighting.FIXED, 4))
                .hasMessageContaining("add up to 1, found 0.5");
        assertThatThrownBy(() -> new Member(FIRST, 0)).hasMessageContaining("found 0.0");
    }
}
