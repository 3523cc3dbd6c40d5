package io.retort.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final BootstrapSettings SETTINGS = new BootstrapSettings(4, 500, 0.95);

    @Test
    void isTheShareOfTheTeachersSkillAboveTheFloor() {
        // Of 200 documents the teacher gets 180 right, the model 150, the floor 20: (0.75 − 0.1) / (0.9 − 0.1).
        Retention retention = retention(below(180), below(150), below(20), Direction.HIGHER_IS_BETTER);
        assertThat(retention.value()).isCloseTo(0.8125, within(1e-12));
        assertThat(retention.interval().contains(0.8125)).isTrue();
        assertThat(retention.interval().lower()).isGreaterThan(0.7);
        assertThat(retention.interval().upper()).isLessThan(0.9);
        assertThat(retention.documents()).isEqualTo(200);
    }

    @Test
    void meansTheSameWhereLowerIsBetter() {
        // Floor 5, teacher 1, model 2: three quarters of the way down.
        Retention retention =
                retention(i -> 1 + wobble(i), i -> 2 + wobble(i), i -> 5 + wobble(i), Direction.LOWER_IS_BETTER);
        assertThat(retention.value()).isCloseTo(0.75, within(1e-5));
        assertThat(retention.isDefined()).isTrue();
    }

    @Test
    void isUndefinedWhereTheTeacherDoesNotBeatTheFloor() {
        Random random = new Random(3);
        boolean[] teacher = new boolean[200];
        boolean[] floor = new boolean[200];
        for (int i = 0; i < 200; i++) {
            teacher[i] = random.nextDouble() < 0.52;
            floor[i] = random.nextDouble() < 0.5;
        }
        Retention retention =
                retention(i -> teacher[i] ? 1 : 0, below(120), i -> floor[i] ? 1 : 0, Direction.HIGHER_IS_BETTER);
        assertThat(retention.value()).isNaN();
        assertThat(retention.interval().isDefined()).isFalse();
        assertThat(retention.undefinedBecause())
                .hasValueSatisfying(reason -> assertThat(reason).contains("does not beat the floor"));
        assertThat(retention.scores().teacher()).isBetween(0.4, 0.65);
    }

    @Test
    void needsAsManyDocumentsAsASignTestNeeds() {
        // Seven of seven happen by chance in 2 · (1/2)⁷ = 1.6% of cases, eight of eight in 0.8%.
        assertThat(retention(7, i -> 1, i -> 1, i -> 0).undefinedBecause())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("too few documents").endsWith("7"));
        assertThat(retention(8, i -> 1, i -> 1, i -> 0).isDefined()).isTrue();
    }

    @Test
    void aTeacherBelowTheFloorIsNoTeacher() {
        assertThat(retention(below(20), below(10), below(150), Direction.HIGHER_IS_BETTER)
                        .isDefined())
                .isFalse();
        assertThat(retention(i -> 5, i -> 4, i -> 2, Direction.LOWER_IS_BETTER).isDefined())
                .isFalse();
    }

    @Test
    void aModelThatIsAlwaysRightIsNotCertain() {
        Retention retention = retention(below(200), below(200), below(20), Direction.HIGHER_IS_BETTER);
        assertThat(retention.interval().lower()).isEqualTo(1);
        Retention widened = retention.widenedBy(Proportion.unanimous(200, 200, 0.95));
        // scipy.stats.beta: the exact lower bound of 200 of 200 is 0.025^(1/200) = 0.98172; (0.98172 − 0.1) / 0.9.
        assertThat(widened.interval().lower()).isCloseTo((0.98172 - 0.1) / 0.9, within(1e-4));
        assertThat(widened.interval().upper()).isEqualTo(1);
    }

    @Test
    void saysWhenTheModelsSawDifferentDocuments() {
        Retention retention = Retention.of(
                new Retention.Estimates(estimate(200, below(150)), estimate(199, below(100)), estimate(200, below(3))),
                Direction.HIGHER_IS_BETTER,
                0.95);
        assertThat(retention.undefinedBecause())
                .hasValueSatisfying(reason -> assertThat(reason).contains("different documents"));
    }

    @Test
    void itsIntervalCoversTheTruth() {
        Random random = new Random(77);
        int sets = 300;
        int covered = 0;
        for (int set = 0; set < sets; set++) {
            double[] draws = random.doubles(150).toArray();
            double[] noise = random.doubles(150).toArray();
            // Paired: the teacher is right below 0.9; the model below 0.9 too, if the noise allows; truth (0.72 − 0.1)
            // / 0.8.
            Retention retention = retention(
                    150,
                    i -> draws[i] < 0.9 ? 1 : 0,
                    i -> draws[i] < 0.9 && noise[i] < 0.8 ? 1 : 0,
                    i -> draws[i] > 0.9 ? 1 : 0);
            covered += retention.interval().contains(0.775) ? 1 : 0;
        }
        assertThat((double) covered / sets).isBetween(0.90, 0.99);
    }

    private static IntToDoubleFunction below(int limit) {
        return i -> i < limit ? 1 : 0;
    }

    private static double wobble(int i) {
        return i % 7 * 0.1;
    }

    private static Retention retention(
            IntToDoubleFunction teacher, IntToDoubleFunction model, IntToDoubleFunction floor, Direction direction) {
        return Retention.of(
                new Retention.Estimates(estimate(200, teacher), estimate(200, model), estimate(200, floor)),
                direction,
                0.95);
    }

    private static Retention retention(
            int documents, IntToDoubleFunction teacher, IntToDoubleFunction model, IntToDoubleFunction floor) {
        return Retention.of(
                new Retention.Estimates(
                        estimate(documents, teacher), estimate(documents, model), estimate(documents, floor)),
                Direction.HIGHER_IS_BETTER,
                0.95);
    }

    private static Estimate estimate(int documents, IntToDoubleFunction score) {
        PoissonWeights poisson = new PoissonWeights(SETTINGS);
        RatioState state = new RatioState(SETTINGS.replicates());
        int[] weights = new int[SETTINGS.replicates()];
        for (int i = 0; i < documents; i++) {
            long hash = PoissonWeights.hash("document " + i);
            poisson.draw(hash, weights);
            state.update(hash, FixedPoint.of(score.applyAsDouble(i)), 1, weights);
        }
        return state.finish(1);
    }
}
