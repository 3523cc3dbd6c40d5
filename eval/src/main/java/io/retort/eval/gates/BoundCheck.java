package io.retort.eval.gates;

import io.retort.eval.comparison.RunGroup;
import io.retort.eval.comparison.RunState;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.Retention;
import java.util.List;

/** Checks a figure against a number. */
final class BoundCheck {
    /** What intervals are shown at, where a gate asks for no level. */
    private static final double SHOWN_LEVEL = 0.95;

    private final Gate gate;
    private final GateCondition.Bound bound;
    private final double level;

    BoundCheck(Gate gate, GateCondition.Bound bound) {
        this.gate = gate;
        this.bound = bound;
        this.level = gate.level().orElse(SHOWN_LEVEL);
    }

    /** A figure that may not be there. */
    private record Found(double value, Interval interval, long documents, String missing) {}

    List<GateFinding> findings(RunState candidate, List<RunGroup> places) {
        return places.stream().map(place -> finding(candidate, place)).toList();
    }

    private GateFinding finding(RunState candidate, RunGroup place) {
        Found found = gate.figure()
                .measure()
                .metric()
                .map(metric -> figure(candidate, place, metric))
                .orElseGet(() -> retention(candidate, place));
        String figure = gate.figure().label(place.equals(RunGroup.ALL) ? "" : place.label());
        boolean known = !Double.isNaN(found.value) && (gate.level().isEmpty() || found.interval.isDefined());
        GateCondition.Comparison comparison = bound.comparison();
        double deciding = gate.level().isEmpty()
                ? found.value
                : comparison.isLowerBound() ? found.interval.lower() : found.interval.upper();
        boolean holds = known && comparison.holds(deciding, bound.value());
        return new GateFinding(
                figure,
                found.value,
                Double.NaN,
                found.interval,
                Double.NaN,
                found.documents,
                holds ? GateFinding.Verdict.PASSED : GateFinding.Verdict.FAILED,
                known ? because(deciding, holds) : found.missing);
    }

    private String because(double deciding, boolean holds) {
        String what = gate.level().isEmpty()
                ? "it is "
                : bound.comparison().isLowerBound() ? "the interval begins at " : "the interval ends at ";
        return what
                + GateText.number(deciding)
                + (holds ? "" : ", expected " + bound.comparison().sign() + " " + GateText.number(bound.value()));
    }

    private Found figure(RunState candidate, RunGroup place, Metric metric) {
        Estimate estimate = candidate.estimate(gate.figure().role(), place, metric);
        return new Found(
                estimate.value(),
                metric.interval(estimate, level),
                estimate.documents().documents(),
                estimate.isDefined() ? "too few documents for an interval" : "nothing was scored");
    }

    private Found retention(RunState candidate, RunGroup place) {
        Metric metric = place.equals(RunGroup.ALL) ? Metric.ACCURACY : candidate.primary(place);
        Retention retention = candidate.retention(gate.figure().role(), place, metric, level);
        return new Found(
                retention.value(),
                retention.interval(),
                retention.documents(),
                retention.undefinedBecause().orElse("no interval can be given"));
    }
}
