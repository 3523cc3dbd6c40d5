package io.retort.eval.report;

import java.util.List;

/**
 * How the loss of one expert went down.
 *
 * @param expert its id
 * @param unit what the loss is measured in: {@code nats a byte}
 * @param series one a data set or training variant: train, validation, a control without a teacher
 */
public record LearningCurve(String expert, String unit, List<Series> series) {
    public LearningCurve {
        series = List.copyOf(series);
    }

    /**
     * The losses on one data set.
     *
     * @param points in the order of their steps
     */
    public record Series(String name, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /**
     * One measurement.
     *
     * @param step how many updates the optimiser had made
     */
    public record Point(long step, double loss) {}
}
