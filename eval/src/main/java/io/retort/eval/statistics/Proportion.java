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
     * Wilson's score interval (1927), which keeps its coverage where successes or failures are few and a bootstrap's percentiles
     * do not: of 400 trials at 99% those cover 90% of the time instead of 95% (CoverageTest).
     *
     * @param proportion of successes, 0 to 1
     * @param trials at least 1
     */
    public static Interval wilson(double proportion, long trials, double level) {
        if (trials < 1 || !(proportion >= 0 && proportion <= 1)) {
            throw new IllegalArgumentException(
                    "expected a proportion of 0 to 1 of at least 1 trial, found " + proportion + " of " + trials);
        }
        double z = Normal.quantile(1 - (1 - level) / 2);
        double spread = z * z / trials;
        double centre = (proportion + spread / 2) / (1 + spread);
        double reach = z / (1 + spread) * Math.sqrt(proportion * (1 - proportion) / trials + spread / (4 * trials));
        return new Interval(Math.max(0, centre - reach), Math.min(1, centre + reach), level, IntervalMethod.WILSON);
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
