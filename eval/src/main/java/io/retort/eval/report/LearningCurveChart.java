package io.retort.eval.report;

import io.retort.eval.report.Chart.Frame;
import io.retort.eval.report.Chart.Place;
import io.retort.eval.report.LearningCurve.Point;
import io.retort.eval.report.LearningCurve.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The loss of one expert by step, a line a series. */
final class LearningCurveChart {
    private static final double WIDTH = 300;
    private static final double HEIGHT = 180;
    private static final double LEFT = 38;
    private static final double RIGHT = 12;
    private static final double TOP = 10;
    private static final double BOTTOM = 22;
    private static final int MOST_POINTS = 150;

    private final LearningCurve curve;
    private final LinearScale steps;
    private final LinearScale losses;

    private LearningCurveChart(LearningCurve curve, LinearScale steps, LinearScale losses) {
        this.curve = curve;
        this.steps = steps;
        this.losses = losses;
    }

    /**
     * The figure of a curve.
     *
     * @param number tells the figures of a report apart
     * @return empty for a curve without a finite point
     */
    static Optional<Markup> of(LearningCurve curve, int number) {
        List<Point> points = curve.series().stream()
                .flatMap(series -> thinned(series).stream())
                .toList();
        if (points.isEmpty()) {
            return Optional.empty();
        }
        double last = points.stream().mapToDouble(Point::step).max().orElse(1);
        double lowest = points.stream().mapToDouble(Point::loss).min().orElse(0);
        double highest = points.stream().mapToDouble(Point::loss).max().orElse(1);
        double low = Math.min(0, lowest);
        LinearScale steps = new LinearScale(0, Math.max(1, last), LEFT, WIDTH - RIGHT);
        LinearScale losses = new LinearScale(low, highest > low ? highest : low + 1, HEIGHT - BOTTOM, TOP);
        return Optional.of(new LearningCurveChart(curve, steps, losses).svg(number));
    }

    private Markup svg(int number) {
        Markup svg = Chart.svg(
                new Frame("learning-" + number, WIDTH, HEIGHT),
                "Learning curve of " + curve.expert(),
                "Loss in " + curve.unit() + " by optimiser step.");
        int digits = losses.tickDigits(4);
        for (double tick : losses.ticks(4)) {
            double y = losses.at(tick);
            Chart.line(svg, new Place(LEFT, y), new Place(WIDTH - RIGHT, y), "grid");
            Chart.text(svg, new Place(LEFT - 6, y + 4), "tick end", NumberText.decimal(tick, digits));
        }
        for (double tick : steps.ticks(4)) {
            Chart.text(svg, new Place(steps.at(tick), HEIGHT - 6), "tick middle", NumberText.count(Math.round(tick)));
        }
        for (int s = 0; s < curve.series().size(); s++) {
            path(svg, curve.series().get(s), s);
        }
        return svg.end();
    }

    private void path(Markup svg, Series series, int index) {
        StringBuilder path = new StringBuilder();
        for (Point point : thinned(series)) {
            path.append(path.isEmpty() ? "M" : " L")
                    .append(NumberText.coordinate(steps.at((double) point.step())))
                    .append(' ')
                    .append(NumberText.coordinate(losses.at(point.loss())));
        }
        if (!path.isEmpty()) {
            svg.start("path", "d", path.toString(), "class", "curve " + seriesClass(index))
                    .element("title", series.name())
                    .end();
        }
    }

    /** The style class of the n-th series: its colour, and its dashes for who sees none. */
    static String seriesClass(int index) {
        return "s" + index % 4;
    }

    /** The finite points; where there are many, the means of equal stretches of them. */
    private static List<Point> thinned(Series series) {
        List<Point> finite = series.points().stream()
                .filter(point -> Double.isFinite(point.loss()))
                .toList();
        if (finite.size() <= MOST_POINTS) {
            return finite;
        }
        List<Point> means = new ArrayList<>();
        for (int bucket = 0; bucket < MOST_POINTS; bucket++) {
            int from = (int) ((long) bucket * finite.size() / MOST_POINTS);
            int to = (int) ((bucket + 1L) * finite.size() / MOST_POINTS);
            List<Point> stretch = finite.subList(from, to);
            double step = stretch.stream().mapToDouble(Point::step).average().orElse(0);
            double loss = stretch.stream().mapToDouble(Point::loss).average().orElse(0);
            means.add(new Point(Math.round(step), loss));
        }
        return means;
    }
}
