package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.eval.statistics.RankedScores.Kind;
import io.retort.eval.statistics.RankedScores.Point;
import io.retort.eval.statistics.RankedScores.Scored;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankedScoresTest {
    private static final BootstrapSettings BOOTSTRAP = new BootstrapSettings(3, 300, 0.95);

    @Test
    void theAreaIsTheShareOfPairsThatAreInOrder() {
        Random random = new Random(1);
        List<Scored> scores = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            // Few values, so that there are ties.
            scores.add(scored(i, random.nextInt(12) + (i % 3 == 0 ? 3 : 0), i % 3 == 0));
        }
        double won = 0;
        int pairs = 0;
        for (Scored positive : scores) {
            for (Scored negative : scores) {
                if (positive.kind() == Kind.POSITIVE && negative.kind() == Kind.NEGATIVE) {
                    won += positive.score() > negative.score() ? 1 : positive.score() == negative.score() ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        Estimate area = new RankedScores(scores).area(BOOTSTRAP);
        assertThat(area.value()).isCloseTo(won / pairs, within(1e-12));
        Collections.shuffle(scores, random);
        Estimate shuffled = new RankedScores(scores).area(BOOTSTRAP);
        assertThat(shuffled.replicates()).isEqualTo(area.replicates());
        assertThat(shuffled.documents()).isEqualTo(area.documents());
    }

    @Test
    void theCurveRisesFromNothingToAllAndEnclosesTheArea() {
        Random random = new Random(2);
        List<Scored> scores = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            boolean positive = i % 4 == 0;
            scores.add(scored(i, random.nextGaussian() + (positive ? 1 : 0), positive));
        }
        RankedScores ranked = new RankedScores(scores);
        double area = ranked.area(BOOTSTRAP).value();
        assertThat(enclosed(ranked.curve(10_000))).isCloseTo(area, within(1e-12));
        List<Point> few = ranked.curve(101);
        assertThat(few)
                .hasSizeLessThanOrEqualTo(101)
                .startsWith(new Point(0, 0))
                .endsWith(new Point(1, 1));
        assertThat(enclosed(few)).isCloseTo(area, within(5e-3));
    }

    /** For two normal distributions of unit variance, d apart, the area is Φ(d / √2): 0.7602 for d = 1, 0.9214 for 2. */
    @Test
    void intervalsCoverTheTrueAreaAsOftenAsTheySay() {
        double[][] truths = {{0, 0.5}, {1, 0.76025}, {2, 0.92135}};
        for (double[] truth : truths) {
            Random random = new Random(9);
            int covered = 0;
            int sets = 300;
            for (int set = 0; set < sets; set++) {
                List<Scored> scores = new ArrayList<>();
                for (int i = 0; i < 240; i++) {
                    boolean positive = i % 6 == 0;
                    scores.add(scored(1000L * set + i, random.nextGaussian() + (positive ? truth[0] : 0), positive));
                }
                RankedScores ranked = new RankedScores(scores);
                Interval interval = RankedScores.interval(ranked.area(BOOTSTRAP), ranked.rarer(), 0.95);
                covered += interval.contains(truth[1]) ? 1 : 0;
            }
            assertThat((double) covered / sets)
                    .as("coverage at an area of " + truth[1])
                    .isBetween(0.90, 0.985);
        }
    }

    @Test
    void whereEveryPairIsInOrderTheIntervalIsThatOfAsManyTrialsAsTheRarerKindHas() {
        List<Scored> scores = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            scores.add(scored(i, i, i >= 70));
        }
        RankedScores ranked = new RankedScores(scores);
        Interval interval = RankedScores.interval(ranked.area(BOOTSTRAP), ranked.rarer(), 0.95);
        assertThat(interval.upper()).isEqualTo(1);
        assertThat(interval.lower()).isCloseTo(Math.pow(0.025, 1.0 / 30), within(1e-12));
    }

    @Test
    void withoutOneOfTheKindsThereIsNoArea() {
        Estimate area = new RankedScores(List.of(scored(1, 1, true), scored(2, 3, true))).area(BOOTSTRAP);
        assertThat(area.isDefined()).isFalse();
        assertThat(area.interval(0.95).isDefined()).isFalse();
        assertThat(new RankedScores(List.of()).area(BOOTSTRAP).isDefined()).isFalse();
        assertThatThrownBy(() -> scored(1, Double.NaN, true)).hasMessageContaining("NaN");
    }

    private static double enclosed(List<Point> curve) {
        double area = 0;
        for (int i = 1; i < curve.size(); i++) {
            double width = curve.get(i).falsePositiveRate() - curve.get(i - 1).falsePositiveRate();
            assertThat(width).isNotNegative();
            area += width * (curve.get(i).truePositiveRate() + curve.get(i - 1).truePositiveRate()) / 2;
        }
        return area;
    }

    private static Scored scored(long document, double score, boolean positive) {
        return new Scored(PoissonWeights.hash("d" + document), score, positive ? Kind.POSITIVE : Kind.NEGATIVE);
    }
}
