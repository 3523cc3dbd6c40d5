package io.retort.eval.statistics;

/**
 * A two-sided confidence interval; its bounds are NaN where it is undefined.
 *
 * @param level the coverage that was asked for
 */
public record Interval(double lower, double upper, double level, IntervalMethod method) {
    public Interval {
        boolean undefined = method == IntervalMethod.UNDEFINED;
        if (undefined != Double.isNaN(lower) || undefined != Double.isNaN(upper) || lower > upper) {
            throw new IllegalArgumentException(
                    "expected lower ≤ upper, or neither, found [" + lower + ", " + upper + "] by " + method);
        }
    }

    public static Interval undefined(double level) {
        return new Interval(Double.NaN, Double.NaN, level, IntervalMethod.UNDEFINED);
    }

    public boolean isDefined() {
        return method != IntervalMethod.UNDEFINED;
    }

    public boolean contains(double value) {
        return isDefined() && lower <= value && value <= upper;
    }

    /** This interval, widened where the other reaches further; this one if the other is undefined. */
    public Interval widenedBy(Interval other) {
        if (!isDefined() || !other.isDefined()) {
            return this;
        }
        return new Interval(Math.min(lower, other.lower), Math.max(upper, other.upper), level, method);
    }
}
