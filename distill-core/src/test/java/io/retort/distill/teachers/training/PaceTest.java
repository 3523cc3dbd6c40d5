package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.teachers.training.TeacherRecipe.SchedulePlan;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void withoutABoundTheRateIsFlatAndThenFallsToTheEndOfTheSteps() {
        Pace pace = new Pace(plan(0), 0);
        assertThat(pace.factor(0, 0)).isCloseTo(0.1, within(1e-12));
        assertThat(pace.factor(9, 9)).isEqualTo(1);
        assertThat(pace.factor(399, 9e9)).isEqualTo(1);
        assertThat(pace.factor(699, 9e9)).isCloseTo(0.55, within(1e-9));
        assertThat(pace.factor(999, 9e9)).isCloseTo(0.1, within(1e-9));
        assertThat(pace.plannedSteps(999, 9e9)).isEqualTo(1000);
    }

    @Test
    void aRunThatWouldTakeLongerThanItsBoundFallsSoonerAndEndsInTime() {
        // 2 seconds a step and 10 minutes: 300 steps instead of 1,000, so the rate falls after 120.
        Pace pace = new Pace(plan(10), 0);
        int step = 0;
        while (step < pace.plannedSteps(step, 2.0 * step)) {
            double factor = pace.factor(step, 2.0 * step);
            if (step >= 20 && step < 119) {
                assertThat(factor).as("step %d", step).isEqualTo(1);
                assertThat(pace.frozenSteps()).isZero();
            }
            step++;
        }
        assertThat(step).isEqualTo(300);
        assertThat(pace.frozenSteps()).isEqualTo(300);
        assertThat(pace.factor(299, 600)).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void aResumedRunKeepsTheLengthThatWasFixed() {
        Pace pace = new Pace(plan(10), 300);
        assertThat(pace.plannedSteps(200, 1e6)).isEqualTo(300);
        assertThat(pace.factor(209, 1e6)).isCloseTo(0.55, within(1e-9));
    }

    /** 1,000 steps, 10 of warm-up, flat to 40%, down to a tenth. */
    private static SchedulePlan plan(double mostMinutes) {
        return new SchedulePlan(1000, 10, 0.4, 0.1, 100, 100, 1, mostMinutes);
    }
}
