package io.retort.eval.summary;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.RatioState;
import io.retort.eval.statistics.Retention;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Turns the totals of a group of documents into its figures. */
final class GroupFinisher {
    private final EvaluationRoles roles;
    private final double level;
    private final int replicates;

    GroupFinisher(EvaluationRoles roles, BootstrapSettings bootstrap) {
        this.roles = roles;
        this.level = bootstrap.level();
        this.replicates = bootstrap.replicates();
    }

    GroupSummary group(TaskKey key, TaskState state) {
        List<ModelSummary> models = new ArrayList<>();
        for (ModelState model : state.models().values()) {
            EnumMap<Metric, Figure> figures = new EnumMap<>(Metric.class);
            for (Metric metric : Metric.values()) {
                Estimate estimate = model.estimate(metric);
                if (estimate.isDefined()) {
                    figures.put(metric, Figure.of(metric, estimate, level));
                }
            }
            models.add(new ModelSummary(model.model(), figures, model.routing()));
        }
        return new GroupSummary(key.domain(), key.task(), state.documents(), models);
    }

    DomainSummary domain(String domain, TaskState state) {
        Metric primary = state.models().values().stream()
                        .anyMatch(model -> model.estimate(Metric.ACCURACY).isDefined())
                ? Metric.ACCURACY
                : Metric.BITS_PER_BYTE;
        String expert = roles.expertOf(domain).map(ExpertRole::name).orElse("");
        return new DomainSummary(
                group(TaskKey.wholeOf(domain), state),
                primary,
                retentions(state, expert),
                retentions(state, roles.ensemble()),
                new ComparisonFinisher(state, primary, level).comparisons(expert, roles));
    }

    /** The ensemble's retention by accuracy over the documents of all domains. */
    Retention mixed(TaskState all) {
        return retentions(all, roles.ensemble()).getOrDefault(Metric.ACCURACY, Retention.undefined(level));
    }

    private Map<Metric, Retention> retentions(TaskState state, String model) {
        EnumMap<Metric, Retention> retentions = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            String floor = metric == Metric.ACCURACY ? roles.accuracyFloor() : roles.bitsFloor();
            Estimate own = estimate(state, model, metric);
            Retention.Estimates estimates = new Retention.Estimates(
                    estimate(state, roles.teacher(), metric), own, estimate(state, floor, metric));
            retentions.put(metric, RetentionFigures.of(metric, estimates, level));
        }
        return retentions;
    }

    private Estimate estimate(TaskState state, String model, Metric metric) {
        ModelState found = state.models().get(model);
        return found == null ? metric.finish(new RatioState(replicates)) : found.estimate(metric);
    }
}
