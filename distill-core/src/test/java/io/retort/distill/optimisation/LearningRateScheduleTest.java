package io.retort.distill.optimisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {

    private final LearningRateSchedule schedule = LearningRateSchedule.over(1000);

    @Test
    void warmsUpStaysFlatAndDescends() {
        assertThat(schedule.factor(1)).isCloseTo(0.02, within(1e-12));
        assertThat(schedule.factor(25)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.factor(50)).isEqualTo(1);
        assertThat(schedule.factor(400)).isEqualTo(1);
        assertThat(schedule.factor(700)).isCloseTo(0.51, within(1e-12));
        assertThat(schedule.factor(1000)).isCloseTo(0.02, within(1e-12));
    }

    @Test
    void warmsUpForATenthOfAShortRun() {
        assertThat(LearningRateSchedule.over(100).factor(10)).isEqualTo(1);
        assertThat(LearningRateSchedule.over(1).factor(1)).isCloseTo(0.02, within(1e-12));
    }

    @Test
    void refusesARunWithoutSteps() {
        assertThatIllegalArgumentException().isThrownBy(() -> LearningRateSchedule.over(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LearningRateSchedule(10, 1, 2, 0));
    }
}
