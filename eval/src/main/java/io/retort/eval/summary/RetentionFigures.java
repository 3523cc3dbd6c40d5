package io.retort.eval.summary;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.Proportion;
import io.retort.eval.statistics.Retention;

/** Retention by a metric, with the exact interval of an accuracy where the bootstrap sees no variation. */
public final class RetentionFigures {
    private RetentionFigures() {}

    public static Retention of(Metric metric, Retention.Estimates estimates, double level) {
        Retention retention = Retention.of(estimates, metric.direction(), level);
        return metric == Metric.ACCURACY ? widened(retention, estimates, level) : retention;
    }

    /** A bootstrap that saw no variation in the model's accuracy, or in how it differs from the teacher's, is not certain. */
    private static Retention widened(Retention retention, Retention.Estimates estimates, double level) {
        Estimate model = estimates.model();
        if (!retention.isDefined()) {
            return retention;
        }
        Retention wider = model.value() == 0 || model.value() == 1
                ? retention.widenedBy(Metric.ACCURACY.interval(model, level))
                : retention;
        Estimate difference = model.minus(estimates.teacher());
        if (!difference.isUnvaried()) {
            return wider;
        }
        Interval reach = Proportion.unvariedDifference(
                difference.value(), difference.documents().documents(), level);
        double teacher = estimates.teacher().value();
        return wider.widenedBy(new Interval(teacher + reach.lower(), teacher + reach.upper(), level, reach.method()));
    }
}
