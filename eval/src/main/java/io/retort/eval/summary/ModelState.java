package io.retort.eval.summary;

import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.outcomes.RoutedExpert;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.FixedPoint;
import io.retort.eval.statistics.RatioState;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The totals of one model on one task. */
final class ModelState implements Serializable {
    private static final long serialVersionUID = 1;

    private final EvaluatedModel model;
    private final EnumMap<Metric, RatioState> metrics = new EnumMap<>(Metric.class);
    /** Expert → the sum of its weights, in steps of {@link FixedPoint#UNIT}. */
    private final TreeMap<String, Long> routedWeights = new TreeMap<>();

    private final int replicates;
    private long routedDocuments;

    ModelState(EvaluatedModel model, int replicates) {
        this.model = model;
        this.replicates = replicates;
    }

    EvaluatedModel model() {
        return model;
    }

    void update(long documentHash, DocumentOutcome outcome, int[] weights) {
        requireSameKind(outcome.model());
        for (Metric metric : Metric.values()) {
            if (metric.isMeasured(outcome.score())) {
                metric.update(state(metric), documentHash, outcome.score(), weights);
            }
        }
        for (RoutedExpert routed : outcome.experts()) {
            routedWeights.merge(routed.expert(), FixedPoint.of(routed.weight()), Math::addExact);
        }
        routedDocuments += outcome.experts().isEmpty() ? 0 : 1;
    }

    void merge(ModelState other) {
        requireSameKind(other.model);
        other.metrics.forEach((metric, state) -> state(metric).merge(state));
        other.routedWeights.forEach((expert, weight) -> routedWeights.merge(expert, weight, Math::addExact));
        routedDocuments += other.routedDocuments;
    }

    Estimate estimate(Metric metric) {
        RatioState state = metrics.get(metric);
        return metric.finish(state == null ? new RatioState(replicates) : state);
    }

    /** Expert → its mean weight over the documents that were routed. */
    NavigableMap<String, Double> routing() {
        TreeMap<String, Double> means = new TreeMap<>();
        routedWeights.forEach((expert, sum) -> means.put(expert, sum * FixedPoint.UNIT / routedDocuments));
        return means;
    }

    private RatioState state(Metric metric) {
        return metrics.computeIfAbsent(metric, m -> new RatioState(replicates));
    }

    private void requireSameKind(EvaluatedModel other) {
        if (!other.equals(model)) {
            throw new IllegalArgumentException("expected outcomes of " + model + ", found one of " + other);
        }
    }
}
