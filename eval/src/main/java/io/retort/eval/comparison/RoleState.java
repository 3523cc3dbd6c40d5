package io.retort.eval.comparison;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.outcomes.Score;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.PairedCounts;
import io.retort.eval.statistics.RatioState;
import java.io.Serializable;
import java.util.EnumMap;

/** The totals of one role over some documents. */
final class RoleState implements Serializable {
    private static final long serialVersionUID = 1;

    private final int replicates;
    private final EnumMap<Metric, RatioState> metrics = new EnumMap<>(Metric.class);
    private final Judgements judgements = new Judgements();

    RoleState(int replicates) {
        this.replicates = replicates;
    }

    void update(long documentHash, Score score, int[] weights) {
        for (Metric metric : Metric.values()) {
            if (metric.isMeasured(score)) {
                metric.update(state(metric), documentHash, score, weights);
            }
        }
        // A guess' expected score is neither right nor wrong.
        if (score.correct() == 0 || score.correct() == 1) {
            judgements.add(
                    documentHash, score.correct() == 1 ? PairedCounts.Outcome.RIGHT : PairedCounts.Outcome.WRONG);
        }
    }

    void merge(RoleState other) {
        other.metrics.forEach((metric, state) -> state(metric).merge(state));
        judgements.merge(other.judgements);
    }

    Estimate estimate(Metric metric) {
        RatioState state = metrics.get(metric);
        return metric.finish(state == null ? new RatioState(replicates) : state);
    }

    PairedCounts pairedWith(RoleState other) {
        return judgements.pairedWith(other.judgements);
    }

    Judgements judgements() {
        return judgements;
    }

    private RatioState state(Metric metric) {
        return metrics.computeIfAbsent(metric, m -> new RatioState(replicates));
    }
}
