package io.retort.eval.comparison;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Direction;
import io.retort.eval.statistics.PairedComparison;

/**
 * A figure of both runs.
 *
 * @param champion its value there; NaN where undefined
 * @param result challenger − champion
 * @param adjustedP the p-value after Holm's correction over the domains, or over the tasks, of this role and metric
 */
public record ComparedFigure(
        RunGroup group,
        RunRole role,
        Metric metric,
        double champion,
        double challenger,
        PairedComparison result,
        double adjustedP) {
    private static final double SHOWN = 0.05;

    /** What is known of the difference. */
    public enum Outcome {
        BETTER,
        WORSE,
        NOT_SHOWN,
        /** The runs are over different documents, or one has no such figure. */
        NOT_COMPARED
    }

    ComparedFigure adjusted(double p) {
        return new ComparedFigure(group, role, metric, champion, challenger, result, p);
    }

    /** What is shown at 5%, by the corrected p-value, of differences that are more than {@link Metric#resolution}. */
    public Outcome outcome() {
        if (!result.isDefined()) {
            return Outcome.NOT_COMPARED;
        }
        if (!(adjustedP <= SHOWN) || Math.abs(result.difference()) <= metric.resolution()) {
            return Outcome.NOT_SHOWN;
        }
        boolean higher = result.difference() > 0;
        return higher == (metric.direction() == Direction.HIGHER_IS_BETTER) ? Outcome.BETTER : Outcome.WORSE;
    }
}
