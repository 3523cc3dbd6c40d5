package io.retort.eval.sweeps;

import io.retort.eval.outcomes.Metric;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a variant reached in a domain.
 *
 * @param variant its name
 * @param seeds of the trainings that came to their end, ascending
 * @param figures those that its documents define
 */
public record VariantFigures(String variant, List<Long> seeds, SortedMap<Metric, Compared> figures) {
    public VariantFigures {
        seeds = List.copyOf(seeds);
        figures = new TreeMap<>(figures);
    }

    /** A figure, where the documents define it. */
    public Optional<Compared> figure(Metric metric) {
        return Optional.ofNullable(figures.get(metric));
    }
}
