package io.retort.eval.tasks;

import java.util.List;

/**
 * Filters in a row, whose name is part of a metric's.
 *
 * @param name {@code none} where a task has no list
 */
public record FilterPipeline(String name, List<ResponseFilter> filters) {
    static final FilterPipeline NONE = new FilterPipeline("none", List.of());

    public FilterPipeline {
        filters = List.copyOf(filters);
    }

    String apply(String text) {
        String left = text;
        for (ResponseFilter filter : filters) {
            left = filter.apply(left);
        }
        return left;
    }
}
