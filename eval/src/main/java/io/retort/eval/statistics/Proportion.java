package io.retort.eval.statistics;

/** Exact intervals where a bootstrap has nothing to resample. */
public final class Proportion {
    private Proportion() {}

    /**
     * Clopper and Pearson's interval (1934) when all trials failed or all succeeded, where it has a closed form.
     *
     * @param successes 0 or {@code trials}
     * @param trials at least 1
     */
    public static Interval unanimous(long successes, long trials, double level) {
        if (trials < 1 || (successes != 0 && successes != trials)) {
            throw new IllegalArgumentException(
                    "expected 0 or all of at least 1 trial, found " + successes + " of " + trials);
        }
        double reach = Math.pow((1 - level) / 2, 1.0 / trials);
        return successes == 0
                ? new Interval(0, 1 - reach, level, IntervalMethod.CLOPPER_PEARSON)
                : new Interval(reach, 1, level, IntervalMethod.CLOPPER_PEARSON);
    }

    /**
     * The interval of the mean of a difference that was the same in all trials and lies between −1 and 1: of a share of
     * trials up to Clopper and Pearson's upper bound it is not known that they would not have differed, in either
     * direction.
     *
     * @param difference found in every trial
     * @param trials at least 1
     */
    public static Interval unvariedDifference(double difference, long trials, double level) {
        if (!(Math.abs(difference) <= 1)) {
            throw new IllegalArgumentException("expected a difference of −1 to 1, found " + difference);
        }
        double others = unanimous(0, trials, level).upper();
        return new Interval(
                difference - others * (1 + difference),
                difference + others * (1 - difference),
                level,
                IntervalMethod.CLOPPER_PEARSON);
    }
}
