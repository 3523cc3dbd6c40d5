package io.retort.distill.teachers.training;

import io.retort.distill.optimisation.LearningRateSchedule;
import io.retort.distill.teachers.training.TeacherRecipe.SchedulePlan;

/**
 * The learning rate of a run that may be bounded in time. While the rate is flat the run's length is estimated from its
 * speed; as soon as the rate has to fall for the run to end in time, the length is fixed, and from there on the run is as
 * reproducible as one without a bound.
 */
final class Pace {
    /** Before so many steps the speed is not known. */
    private static final int LEAST_STEPS = 20;

    private final SchedulePlan plan;
    private int frozenSteps;

    Pace(SchedulePlan plan, int frozenSteps) {
        this.plan = plan;
        this.frozenSteps = frozenSteps;
    }

    /** Steps there will be, as estimated after {@code step} of them took {@code seconds}. */
    int plannedSteps(int step, double seconds) {
        if (frozenSteps > 0) {
            return frozenSteps;
        }
        if (plan.mostMinutes() == 0 || step < LEAST_STEPS) {
            return plan.steps();
        }
        double stepSeconds = seconds / step;
        double affordable = plan.mostMinutes() * 60 / stepSeconds;
        return (int) Math.max(step + 1, Math.min(plan.steps(), affordable));
    }

    /** Factor on the learning rates for the next step, after {@code step} steps that took {@code seconds}. */
    double factor(int step, double seconds) {
        int planned = plannedSteps(step, seconds);
        if (frozenSteps == 0 && step + 1 > plan.flatUntil() * planned) {
            frozenSteps = planned;
        }
        int total = frozenSteps > 0 ? frozenSteps : plan.steps();
        return new LearningRateSchedule(total, plan.warmupSteps(), plan.flatUntil(), plan.lastFactor())
                .factor(step + 1);
    }

    /** Length of the run once it is fixed; 0 before. */
    int frozenSteps() {
        return frozenSteps;
    }
}
