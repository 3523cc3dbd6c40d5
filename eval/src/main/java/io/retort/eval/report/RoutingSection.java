package io.retort.eval.report;

import io.retort.eval.routing.FirstChoice;
import io.retort.eval.routing.RoutingSummary;
import io.retort.eval.routing.RoutingSummary.Calibrated;
import io.retort.eval.routing.RoutingSummary.Choice;
import io.retort.eval.routing.RoutingSummary.DomainFigure;
import io.retort.eval.routing.RoutingSummary.Policy;
import io.retort.eval.routing.RoutingSummary.Unknown;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.Reliability;
import io.retort.eval.summary.Figure;
import java.util.List;

/** How well the router does: tables of its figures, reliability curves, and a curve for each domain as unknown. */
final class RoutingSection {
    private final RoutingSummary routing;
    private final Markup html = new Markup();

    private RoutingSection(RoutingSummary routing) {
        this.routing = routing;
    }

    static Markup of(RoutingSummary routing) {
        return routing.documents() == 0 ? new Markup() : new RoutingSection(routing).section();
    }

    private Markup section() {
        html.start("section", "id", "router").element("h2", "Router");
        html.start("p", "class", "note")
                .text("Over " + NumberText.count(routing.documents())
                        + " test documents with a prompt, which no training saw; in brackets the ")
                .append(Definition.INTERVAL.link("interval"))
                .text(".")
                .end();
        choices();
        policies();
        calibration();
        unknown();
        return html.end();
    }

    private void choices() {
        List<String> domains = routing.choices().isEmpty()
                ? List.of()
                : routing.choices().get(0).domains().stream()
                        .map(DomainFigure::domain)
                        .toList();
        head(Definition.FIRST_CHOICE.link("First choice right, from"), List.of("All domains"), domains);
        for (Choice choice : routing.choices()) {
            row(choice.bytes() == FirstChoice.WHOLE ? "the whole prompt" : choice.bytes() + " bytes");
            share("All domains", choice.accuracy());
            choice.domains().forEach(domain -> share(domain.domain(), domain.figure()));
            html.end();
        }
        html.end().end();
    }

    private void policies() {
        head(Definition.REGRET.link("Who answers"), List.of("Bits a byte of answers", "Regret"), List.of());
        for (Policy policy : routing.policies()) {
            row(policy.name());
            figure("Bits a byte of answers", policy.bits());
            figure("Regret", policy.regret());
            html.end();
        }
        html.end().end();
    }

    private void calibration() {
        String after = "At temperature " + NumberText.decimal(routing.temperature(), 3);
        head(Definition.CALIBRATION.link(), List.of("Before", after, "Predictions"), List.of());
        calibrated("next symbols", routing.symbols(), after);
        calibrated("answers", routing.answers(), after);
        html.end().end();
        html.start("div", "class", "curves");
        curve("next symbols", routing.symbols());
        curve("answers", routing.answers());
        html.end();
    }

    private void calibrated(String name, Calibrated calibrated, String after) {
        row(name);
        cell(
                "Before",
                NumberText.decimal(calibrated.before().error(), 4),
                bounds(calibrated.before().interval()));
        cell(
                after,
                NumberText.decimal(calibrated.after().error(), 4),
                bounds(calibrated.after().interval()));
        cell("Predictions", NumberText.count(calibrated.before().predictions()), "");
        html.end();
    }

    private void curve(String name, Calibrated calibrated) {
        Markup svg = new SquareChart()
                .of(
                        "reliability-" + name.replace(' ', '-'),
                        "Reliability of " + name,
                        new SquareChart.Axes("mean probability", "share that came true"),
                        List.of(line("before", calibrated.before()), line("after", calibrated.after())));
        html.append(FigureSections.figure(
                "Reliability of " + name,
                new Markup(),
                svg,
                new Markup()
                        .append(Definition.CALIBRATION.link("Bins"))
                        .text(" before (solid) and after (dashed) the temperature; the diagonal is calibrated.")));
    }

    private static SquareChart.Line line(String name, Reliability reliability) {
        return new SquareChart.Line(
                name,
                reliability.bins().stream()
                        .map(bin -> new double[] {bin.confidence(), bin.right()})
                        .toList());
    }

    private void unknown() {
        head(
                Definition.UNKNOWN.link("Unknown domain"),
                List.of("Area under the curve", "Detected", "False alarms"),
                List.of());
        for (Unknown unknown : routing.unknown()) {
            row(unknown.domain());
            figure("Area under the curve", unknown.area());
            share("Detected", unknown.detected());
            share("False alarms", unknown.falseAlarms());
            html.end();
        }
        html.end().end();
        html.start("p", "class", "note")
                .text("Mean area " + NumberText.decimal(routing.area().value(), 3) + " "
                        + NumberText.bounds(routing.area().interval())
                        + "; of the known prompts the bundle’s own router takes "
                        + NumberText.decimal(100 * routing.known().value(), 1) + "% for unknown.")
                .end();
        html.start("div", "class", "curves");
        for (Unknown unknown : routing.unknown()) {
            html.append(FigureSections.figure(
                    unknown.domain() + " unknown",
                    new Markup(),
                    new SquareChart()
                            .of(
                                    "unknown-" + unknown.domain(),
                                    "Detection of " + unknown.domain() + " as unknown",
                                    new SquareChart.Axes("known prompts flagged", "unknown prompts flagged"),
                                    List.of(new SquareChart.Line(
                                            unknown.domain(),
                                            unknown.curve().stream()
                                                    .map(point -> new double[] {
                                                        point.falsePositiveRate(), point.truePositiveRate()
                                                    })
                                                    .toList()))),
                    new Markup().append(Definition.UNKNOWN.link())));
        }
        html.end();
    }

    private void head(Markup first, List<String> columns, List<String> more) {
        html.start("table", "class", "cards").start("thead").start("tr");
        html.start("th", "scope", "col").append(first).end();
        columns.forEach(column -> html.element("th", column, "scope", "col"));
        more.forEach(column -> html.element("th", column, "scope", "col"));
        html.end().end().start("tbody");
    }

    private void row(String name) {
        html.start("tr").element("th", name, "scope", "row");
    }

    private void share(String label, Figure figure) {
        String value = Double.isFinite(figure.value())
                ? NumberText.decimal(100 * figure.value(), 1) + "%"
                : NumberText.MISSING;
        String bounds = figure.interval().isDefined()
                ? "[" + NumberText.decimal(100 * figure.interval().lower(), 1) + ", "
                        + NumberText.decimal(100 * figure.interval().upper(), 1) + "]"
                : "";
        cell(label, value, bounds);
    }

    private void figure(String label, Figure figure) {
        cell(label, NumberText.decimal(figure.value(), 3), NumberText.bounds(figure.interval()));
    }

    private static String bounds(Interval interval) {
        return interval.isDefined()
                ? "[" + NumberText.decimal(interval.lower(), 4) + ", " + NumberText.decimal(interval.upper(), 4) + "]"
                : "";
    }

    private void cell(String label, String value, String bounds) {
        html.start("td", "data-label", label)
                .start("span")
                .text(value)
                .element("span", bounds.isEmpty() ? "" : " " + bounds, "class", "small")
                .end()
                .end();
    }
}
