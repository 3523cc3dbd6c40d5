package io.retort.eval.report;

import io.retort.eval.comparison.ComparedFigure;
import io.retort.eval.comparison.RunComparison;
import io.retort.eval.comparison.RunRole;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.report.Chart.Bar;
import io.retort.eval.report.Chart.Frame;
import io.retort.eval.report.Chart.Place;
import io.retort.eval.statistics.Interval;
import java.util.ArrayList;
import java.util.List;

/** A bar from zero for each domain's difference in accuracy, in points, and one for all documents. */
final class DifferenceChart {
    private static final double LEFT = 78;
    private static final double RIGHT = 52;
    private static final double TOP = 16;
    private static final double ROW = 28;
    private static final double BAR = 12;
    /** In points: a difference of nothing has a scale too. */
    private static final double LEAST_REACH = 1;
    /** Of the scale, between the longest whisker and the labels. */
    private static final double MARGIN = 0.04;

    private DifferenceChart() {}

    static Markup of(RunComparison comparison) {
        List<ComparedFigure> figures = new ArrayList<>();
        for (List<ComparedFigure> some : List.of(comparison.domains(), comparison.overall())) {
            some.stream()
                    .filter(figure -> figure.role() == RunRole.ENSEMBLE && figure.metric() == Metric.ACCURACY)
                    .filter(figure -> figure.result().isDefined())
                    .forEach(figures::add);
        }
        double bottom = TOP + ROW * figures.size();
        LinearScale scale = scale(figures);
        Markup svg = Chart.svg(
                new Frame("difference", Chart.WIDTH, bottom + 24),
                "Difference in accuracy by domain",
                "For each domain the challenger’s accuracy less the champion’s, in points, with its interval. The tables"
                        + " below hold the same numbers.");
        Chart.columns(svg, scale, TOP, bottom);
        Chart.line(svg, new Place(scale.at(0), TOP - 2), new Place(scale.at(0), bottom), "reference");
        for (int i = 0; i < figures.size(); i++) {
            row(svg, figures.get(i), scale, TOP + ROW * (i + 0.5));
        }
        return svg.end();
    }

    private static void row(Markup svg, ComparedFigure figure, LinearScale scale, double y) {
        Chart.text(svg, new Place(LEFT - 8, y + 4), "label end", figure.group().label());
        String text = ContestText.difference(figure);
        String colour = switch (figure.outcome()) {
            case BETTER -> "m-better";
            case WORSE -> "m-worse";
            case NOT_SHOWN, NOT_COMPARED -> Palette.FLOOR.styleClass();
        };
        double value = 100 * figure.result().difference();
        Chart.bar(svg, new Bar(scale.at(0), scale.at(value), y, BAR), colour, text + " " + ContestText.bounds(figure));
        Interval interval = figure.result().interval();
        if (interval.isDefined()) {
            Chart.whisker(svg, new Bar(scale.at(100 * interval.lower()), scale.at(100 * interval.upper()), y, 6));
        }
        Chart.text(svg, new Place(Chart.WIDTH - 4, y + 4), "value end", text);
    }

    private static LinearScale scale(List<ComparedFigure> figures) {
        double low = -LEAST_REACH;
        double high = LEAST_REACH;
        for (ComparedFigure figure : figures) {
            Interval interval = figure.result().interval();
            double value = 100 * figure.result().difference();
            low = Math.min(low, interval.isDefined() ? Math.min(value, 100 * interval.lower()) : value);
            high = Math.max(high, interval.isDefined() ? Math.max(value, 100 * interval.upper()) : value);
        }
        double margin = MARGIN * (high - low);
        return new LinearScale(low - margin, high + margin, LEFT, Chart.WIDTH - RIGHT);
    }
}
