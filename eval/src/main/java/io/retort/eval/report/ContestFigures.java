package io.retort.eval.report;

import io.retort.eval.report.Palette.LegendKey;
import java.util.List;
import java.util.Optional;

/** The figures of two runs: differences, retention and calibration of both. */
final class ContestFigures {
    private ContestFigures() {}

    static Markup of(ComparisonData data) {
        Markup html = new Markup()
                .start("section", "id", "figures")
                .element("h2", "Figures")
                .start("div", "class", "figures");
        List<LegendKey> both =
                List.of(new LegendKey(Palette.EXPERT, "champion"), new LegendKey(Palette.ENSEMBLE, "challenger"));
        html.append(FigureSections.figure(
                "Difference in accuracy",
                new Markup(),
                DifferenceChart.of(data.comparison()),
                new Markup()
                        .append(Definition.CHAMPION.link("Challenger − champion"))
                        .text(" of the ensembles in points, with the ")
                        .append(Definition.INTERVAL.link("interval"))
                        .text("; right of the line is better.")));
        html.append(FigureSections.figure(
                "Retention of the ensembles",
                Palette.legend(both),
                ContestRetentionChart.of(data.comparison().retentions()),
                new Markup()
                        .append(Definition.RETENTION.link())
                        .text(" with its ")
                        .append(Definition.INTERVAL.link("interval"))
                        .text("; the ")
                        .append(Definition.TEACHER.link("teacher"))
                        .text(" stands at 1, the ")
                        .append(Definition.FLOOR.link("floor"))
                        .text(" at 0.")));
        return html.end().append(calibrations(data.calibrations())).end();
    }

    private static Markup calibrations(List<ComparedCalibration> calibrations) {
        Markup html = new Markup();
        if (calibrations.isEmpty()) {
            return html;
        }
        html.element("h3", "Calibration").start("div", "class", "curves");
        for (ComparedCalibration calibration : calibrations) {
            Markup svg = new SquareChart()
                    .of(
                            "reliability-" + calibration.what().replace(' ', '-'),
                            "Reliability of " + calibration.what(),
                            new SquareChart.Axes("mean probability", "share that came true"),
                            List.of(
                                    line("champion", calibration.champion()),
                                    line("challenger", calibration.challenger())));
            html.append(FigureSections.figure(
                    calibration.what(),
                    new Markup(),
                    svg,
                    new Markup()
                            .append(Definition.RELIABILITY.link())
                            .text(": champion (solid) " + error(calibration.champion()) + ", challenger (dashed) "
                                    + error(calibration.challenger()) + "; the diagonal is calibrated.")));
        }
        return html.end();
    }

    private static SquareChart.Line line(String name, Optional<ComparedCalibration.Curve> curve) {
        return new SquareChart.Line(
                name,
                curve.stream()
                        .flatMap(found -> found.points().stream())
                        .map(point -> new double[] {point.confidence(), point.right()})
                        .toList());
    }

    private static String error(Optional<ComparedCalibration.Curve> curve) {
        return curve.map(found -> NumberText.decimal(found.error(), 4)
                        + (Double.isFinite(found.lower())
                                ? " [" + NumberText.decimal(found.lower(), 4) + ", "
                                        + NumberText.decimal(found.upper(), 4) + "]"
                                : ""))
                .orElse(NumberText.MISSING);
    }
}
