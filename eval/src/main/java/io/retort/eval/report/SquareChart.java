package io.retort.eval.report;

import io.retort.eval.report.Chart.Frame;
import io.retort.eval.report.Chart.Place;
import java.util.List;

/** Lines in the square from (0, 0) to (1, 1), whose diagonal means something: no skill, or perfect calibration. */
final class SquareChart {
    private static final double SIDE = 300;
    private static final double LEFT = 38;
    private static final double RIGHT = 12;
    private static final double TOP = 10;
    private static final double BOTTOM = 36;

    private final LinearScale across = new LinearScale(0, 1, LEFT, SIDE - RIGHT);
    private final LinearScale up = new LinearScale(0, 1, SIDE - BOTTOM, TOP);

    /** What an axis shows. */
    record Axes(String across, String up) {}

    /** A line through points of x and y, each 0 to 1. */
    record Line(String name, List<double[]> points) {}

    /** The figure; the n-th line looks like the n-th series of a learning curve. */
    Markup of(String id, String title, Axes axes, List<Line> lines) {
        Markup svg = Chart.svg(new Frame(id, SIDE, SIDE), title, "Across: " + axes.across + ". Up: " + axes.up + ".");
        for (double tick : List.of(0.0, 0.25, 0.5, 0.75, 1.0)) {
            double y = up.at(tick);
            Chart.line(svg, new Place(LEFT, y), new Place(SIDE - RIGHT, y), "grid");
            Chart.text(svg, new Place(LEFT - 6, y + 4), "tick end", NumberText.decimal(tick, 2));
            Chart.text(svg, new Place(across.at(tick), SIDE - BOTTOM + 15), "tick middle", NumberText.decimal(tick, 2));
        }
        Chart.text(svg, new Place((LEFT + SIDE - RIGHT) / 2, SIDE - 4), "tick middle", axes.across);
        Chart.line(svg, new Place(across.at(0), up.at(0)), new Place(across.at(1), up.at(1)), "grid");
        for (int i = 0; i < lines.size(); i++) {
            path(svg, lines.get(i), i);
        }
        return svg.end();
    }

    private void path(Markup svg, Line line, int index) {
        StringBuilder path = new StringBuilder();
        for (double[] point : line.points()) {
            path.append(path.isEmpty() ? "M" : " L")
                    .append(NumberText.coordinate(across.at(point[0])))
                    .append(' ')
                    .append(NumberText.coordinate(up.at(point[1])));
        }
        if (!path.isEmpty()) {
            svg.start("path", "d", path.toString(), "class", "curve " + LearningCurveChart.seriesClass(index))
                    .element("title", line.name())
                    .end();
        }
    }
}
