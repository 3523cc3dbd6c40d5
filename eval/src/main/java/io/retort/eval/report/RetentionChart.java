package io.retort.eval.report;

import io.retort.eval.report.Chart.Bar;
import io.retort.eval.report.Chart.Frame;
import io.retort.eval.report.Chart.Place;
import io.retort.eval.statistics.Retention;
import io.retort.eval.summary.DomainSummary;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Two bars of retention by domain, of expert and ensemble or of two runs, with whiskers for the intervals and a line at the teacher. */
final class RetentionChart {
    private static final double LEFT = 78;
    private static final double RIGHT = 44;
    private static final double TOP = 16;
    private static final double ROW = 42;
    private static final double BAR = 11;

    private final List<Row> rows;
    private final LinearScale scale;
    private final double bottom;

    /** A retention and the colour of its bar. */
    record Mark(Retention retention, Palette colour) {}

    /** The two bars of a domain. */
    record Row(String label, Mark first, Mark second) {}

    private RetentionChart(List<Row> rows) {
        this.rows = rows;
        this.bottom = TOP + ROW * rows.size();
        double[] reach = rows.stream()
                .flatMap(row -> Stream.of(row.first.retention, row.second.retention))
                .filter(Retention::isDefined)
                .flatMapToDouble(retention -> DoubleStream.of(
                        retention.value(),
                        retention.interval().lower(),
                        retention.interval().upper()))
                .filter(Double::isFinite)
                .toArray();
        double low = Math.max(-1, Math.min(0, DoubleStream.of(reach).min().orElse(0)));
        double high = Math.min(2, Math.max(1.05, DoubleStream.of(reach).max().orElse(1)));
        this.scale = new LinearScale(low, high, LEFT, Chart.WIDTH - RIGHT);
    }

    static Markup of(List<DomainSummary> domains) {
        return of(
                domains.stream()
                        .map(domain -> new Row(
                                domain.domain(),
                                new Mark(domain.retention(), Palette.EXPERT),
                                new Mark(domain.ensembleRetention(), Palette.ENSEMBLE)))
                        .toList(),
                "For each domain a bar for the expert and one for the routed ensemble, with intervals; the line at 1 is the"
                        + " teacher. The table above holds the same numbers.");
    }

    static Markup of(List<Row> rows, String description) {
        return new RetentionChart(rows).svg(description);
    }

    private Markup svg(String description) {
        Markup svg = Chart.svg(new Frame("retention", Chart.WIDTH, bottom + 24), "Retention by domain", description);
        Chart.columns(svg, scale, TOP, bottom);
        Chart.line(svg, new Place(scale.at(1), TOP - 2), new Place(scale.at(1), bottom), "reference");
        Chart.text(svg, new Place(scale.at(1), TOP - 6), "tick middle", "teacher");
        for (int d = 0; d < rows.size(); d++) {
            double middle = TOP + ROW * (d + 0.5);
            Chart.text(svg, new Place(LEFT - 8, middle + 4), "label end", rows.get(d).label);
            row(svg, rows.get(d).first, middle - BAR / 2 - 1.5);
            row(svg, rows.get(d).second, middle + BAR / 2 + 1.5);
        }
        return svg.end();
    }

    private void row(Markup svg, Mark mark, double y) {
        Retention retention = mark.retention;
        if (!retention.isDefined()) {
            Chart.text(svg, new Place(scale.at(0) + 4, y + 4), "tick", "undefined");
            return;
        }
        double value = clamped(retention.value());
        String text = NumberText.decimal(retention.value(), 2);
        String tip = text + " " + NumberText.bounds(retention.interval());
        Chart.bar(svg, new Bar(scale.at(0), scale.at(value), y, BAR), mark.colour.styleClass(), tip);
        if (retention.interval().isDefined()) {
            double lower = scale.at(clamped(retention.interval().lower()));
            double upper = scale.at(clamped(retention.interval().upper()));
            Chart.whisker(svg, new Bar(lower, upper, y, 6));
        }
        Chart.text(svg, new Place(Chart.WIDTH - 4, y + 4), "value end", text);
        arrows(svg, retention, y);
    }

    /** What lies outside the scale ends in an arrow at its edge; a clamped bar alone would pass for a value. */
    private void arrows(Markup svg, Retention retention, double y) {
        double lowest = retention.interval().isDefined() ? retention.interval().lower() : retention.value();
        double highest = retention.interval().isDefined() ? retention.interval().upper() : retention.value();
        if (Math.min(lowest, retention.value()) < scale.low()) {
            Chart.text(svg, new Place(scale.at(scale.low()) - 2, y + 4), "beyond end", "◀");
        }
        if (Math.max(highest, retention.value()) > scale.high()) {
            Chart.text(svg, new Place(scale.at(scale.high()) + 2, y + 4), "beyond", "▶");
        }
    }

    private double clamped(double value) {
        return Math.max(scale.low(), Math.min(scale.high(), value));
    }
}
