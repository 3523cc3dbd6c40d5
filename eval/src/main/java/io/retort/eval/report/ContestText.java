package io.retort.eval.report;

import io.retort.eval.comparison.ComparedFigure;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Interval;

/** How figures of two runs are written. */
final class ContestText {
    private ContestText() {}

    /** With its sign; accuracies in points of a hundred. */
    static String difference(ComparedFigure figure) {
        double difference = figure.result().difference();
        if (!Double.isFinite(difference)) {
            return NumberText.MISSING;
        }
        boolean accuracy = figure.metric() == Metric.ACCURACY;
        String text = accuracy ? NumberText.decimal(100 * difference, 1) : NumberText.decimal(difference, 3);
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return zero || text.startsWith("−") ? text : "+" + text;
    }

    static String bounds(ComparedFigure figure) {
        Interval interval = figure.result().interval();
        return NumberText.bounds(figure.metric(), interval);
    }

    static String outcome(ComparedFigure figure) {
        return switch (figure.outcome()) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case NOT_SHOWN -> "not shown";
            case NOT_COMPARED -> "not compared";
        };
    }

    static String styleClass(ComparedFigure figure) {
        return switch (figure.outcome()) {
            case BETTER -> "right significant";
            case WORSE -> "wrong significant";
            case NOT_SHOWN, NOT_COMPARED -> "note";
        };
    }
}
