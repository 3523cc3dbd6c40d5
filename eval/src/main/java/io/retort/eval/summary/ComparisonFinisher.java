package io.retort.eval.summary;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.PairedComparison;
import java.util.ArrayList;
import java.util.List;

/** Compares expert and ensemble with the teacher, with each control and with one another. */
final class ComparisonFinisher {
    private final TaskState state;
    private final Metric metric;
    private final double level;

    ComparisonFinisher(TaskState state, Metric metric, double level) {
        this.state = state;
        this.metric = metric;
        this.level = level;
    }

    /** A model under the name of its role, which is the same in each domain. */
    private record Part(String role, String model) {}

    /**
     * All comparisons of which both models were measured by the metric; where they were so on different documents, the
     * comparison is there but undefined.
     */
    List<Comparison> comparisons(String expert, EvaluationRoles roles) {
        Part expertPart = new Part("expert", expert);
        Part ensemblePart = new Part("ensemble", roles.ensemble());
        List<Part> others = new ArrayList<>();
        others.add(new Part("teacher", roles.teacher()));
        state.models().values().stream()
                .filter(model -> model.model().kind() == ModelKind.CONTROL)
                .map(model -> model.model().name())
                .forEach(name -> others.add(new Part(name, name)));
        List<Comparison> comparisons = new ArrayList<>();
        others.forEach(other -> compare(expertPart, other, comparisons));
        others.forEach(other -> compare(ensemblePart, other, comparisons));
        compare(ensemblePart, expertPart, comparisons);
        return comparisons;
    }

    private void compare(Part first, Part second, List<Comparison> comparisons) {
        ModelState one = state.models().get(first.model);
        ModelState other = state.models().get(second.model);
        if (one == null || other == null || first.model.equals(second.model)) {
            return;
        }
        Estimate firstEstimate = one.estimate(metric);
        Estimate secondEstimate = other.estimate(metric);
        if (!firstEstimate.isDefined() || !secondEstimate.isDefined()) {
            return;
        }
        PairedComparison result = metric == Metric.ACCURACY
                ? PairedComparison.ofAccuracies(
                        firstEstimate, secondEstimate, state.pair(first.model, second.model), level)
                : PairedComparison.of(firstEstimate, secondEstimate, level);
        comparisons.add(Comparison.of(first.role + " − " + second.role, metric, result));
    }
}
