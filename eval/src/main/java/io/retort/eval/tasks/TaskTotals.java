package io.retort.eval.tasks;

import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.FixedPoint;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.PoissonWeights;
import io.retort.eval.statistics.Proportion;
import io.retort.eval.statistics.RatioState;
import io.retort.eval.tasks.TaskMetric.Aggregation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mergeable totals of a task: update with outcomes, merge, finish. The same documents give the same bits in whatever order
 * and however many parts. Not thread-safe.
 */
public final class TaskTotals implements Serializable {
    private static final long serialVersionUID = 1;

    private final String task;
    private final BootstrapSettings bootstrap;
    private final Map<Key, Totals> totals = new TreeMap<>();

    public TaskTotals(String task, BootstrapSettings bootstrap) {
        this.task = task;
        this.bootstrap = bootstrap;
    }

    /** A metric of what a filter left. */
    private record Key(String filter, TaskMetric metric) implements Comparable<Key>, Serializable {
        @Override
        public int compareTo(Key other) {
            int byFilter = filter.compareTo(other.filter);
            return byFilter == 0 ? metric.compareTo(other.metric) : byFilter;
        }
    }

    private static final class Totals implements Serializable {
        private static final long serialVersionUID = 1;

        private final ExactSum top = new ExactSum();
        private long units;
        private long documents;
        private final RatioState replicates;

        Totals(int count) {
            replicates = new RatioState(count);
        }
    }

    /**
     * A figure.
     *
     * @param value of the whole
     * @param standardError by the bootstrap; NaN where there is none
     */
    public record Figure(
            String filter, TaskMetric metric, double value, double standardError, Interval interval, long documents) {}

    public void update(TaskOutcome outcome) {
        long hash = PoissonWeights.hash(task + "/" + outcome.document());
        int[] weights = new int[bootstrap.replicates()];
        new PoissonWeights(bootstrap).draw(hash, weights);
        outcome.metrics().forEach((metric, part) -> {
            Totals to = totals(new Key(outcome.filter(), metric));
            to.top.add(part.top());
            to.units = Math.addExact(to.units, part.units());
            to.documents++;
            to.replicates.update(hash, FixedPoint.of(part.top()), part.units(), weights);
        });
    }

    private Totals totals(Key key) {
        return totals.computeIfAbsent(key, missing -> new Totals(bootstrap.replicates()));
    }

    public void merge(TaskTotals other) {
        other.totals.forEach((key, from) -> {
            Totals to = totals(key);
            to.top.add(from.top);
            to.units = Math.addExact(to.units, from.units);
            to.documents += from.documents;
            to.replicates.merge(from.replicates);
        });
    }

    /** The figures, by filter and metric. */
    public List<Figure> finish() {
        List<Figure> figures = new ArrayList<>();
        totals.forEach((key, sums) -> figures.add(figure(key, sums)));
        return figures;
    }

    private Figure figure(Key key, Totals sums) {
        Aggregation aggregation = key.metric().aggregation();
        double value = sums.units == 0 ? Double.NaN : aggregation.of(sums.top.value() / sums.units);
        Estimate ratio = sums.replicates.finish(1);
        Estimate estimate = ratio.combine(ratio, (same, again) -> aggregation.of(same));
        Interval interval = estimate.interval(bootstrap.level());
        if (aggregation == Aggregation.MEAN && (value == 0 || value == 1)) {
            interval = Proportion.unanimous(Math.round(value * sums.documents), sums.documents, bootstrap.level());
        }
        return new Figure(key.filter(), key.metric(), value, estimate.standardError(), interval, sums.documents);
    }
}
