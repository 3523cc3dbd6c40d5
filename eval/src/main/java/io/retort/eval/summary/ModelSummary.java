package io.retort.eval.summary;

import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Metric;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One model on a group of documents.
 *
 * @param figures the metrics it was measured by, in their order
 * @param routing expert → mean weight, for a model that routes
 */
public record ModelSummary(EvaluatedModel model, Map<Metric, Figure> figures, Map<String, Double> routing) {
    public ModelSummary {
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
        routing = Collections.unmodifiableMap(new TreeMap<>(routing));
    }

    public Optional<Figure> figure(Metric metric) {
        return Optional.ofNullable(figures.get(metric));
    }
}
