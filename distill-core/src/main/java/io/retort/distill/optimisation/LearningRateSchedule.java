package io.retort.distill.optimisation;

/**
 * Learning rate over a run, as a factor: linear from 0 over the warm-up, 1 until a share of the run, then linear down to
 * a last factor at the last step.
 *
 * @param totalSteps steps in the run
 * @param warmupSteps steps until the factor is 1; a run shorter than ten warm-ups warms up for a tenth of itself
 * @param flatUntil share of the run, 0 to 1, at which the descent begins
 * @param lastFactor factor at the last step
 */
public record LearningRateSchedule(int totalSteps, int warmupSteps, double flatUntil, double lastFactor) {
    public LearningRateSchedule {
        if (totalSteps < 1 || warmupSteps < 0) {
            throw new IllegalArgumentException(
                    "expected a step and no negative warm-up, found " + totalSteps + " and " + warmupSteps);
        }
        if (!(flatUntil >= 0 && flatUntil <= 1) || !(lastFactor >= 0 && lastFactor <= 1)) {
            throw new IllegalArgumentException(
                    "expected shares of 0 to 1, found flat until " + flatUntil + " and last factor " + lastFactor);
        }
        warmupSteps = Math.min(warmupSteps, totalSteps / 10);
    }

    /** Warm-up over 50 steps, flat to 40% of the run, linear to 2%. */
    public static LearningRateSchedule over(int totalSteps) {
        return new LearningRateSchedule(totalSteps, 50, 0.4, 0.02);
    }

    /** The factor of a step, the first step being 1. */
    public double factor(int step) {
        double warm = warmupSteps == 0 ? 1 : Math.min(1, (double) step / warmupSteps);
        double descentFrom = flatUntil * totalSteps;
        if (step <= descentFrom) {
            return warm;
        }
        double descended = Math.min(1, (step - descentFrom) / Math.max(1e-9, totalSteps - descentFrom));
        return Math.min(warm, 1 - (1 - lastFactor) * descended);
    }
}
