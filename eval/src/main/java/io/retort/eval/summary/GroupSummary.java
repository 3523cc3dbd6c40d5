package io.retort.eval.summary;

import io.retort.eval.outcomes.Metric;
import java.util.List;
import java.util.Optional;

/**
 * The documents of a task, or of a whole domain, under each model.
 *
 * @param task empty for the whole domain
 * @param models in the order of their names
 */
public record GroupSummary(String domain, String task, long documents, List<ModelSummary> models) {
    public GroupSummary {
        models = List.copyOf(models);
    }

    public Optional<ModelSummary> model(String name) {
        return models.stream()
                .filter(model -> model.model().name().equals(name))
                .findFirst();
    }

    public Optional<Figure> figure(String model, Metric metric) {
        return model(model).flatMap(summary -> summary.figure(metric));
    }
}
