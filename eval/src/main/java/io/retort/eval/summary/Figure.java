package io.retort.eval.summary;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.Interval;

/**
 * A metric of one model on a group of documents.
 *
 * @param standardError of the bootstrap's replicates
 * @param documents how many documents it is over
 */
public record Figure(double value, Interval interval, double standardError, long documents) {
    static Figure of(Metric metric, Estimate estimate, double level) {
        return new Figure(
                estimate.value(),
                metric.interval(estimate, level),
                estimate.standardError(),
                estimate.documents().documents());
    }
}
