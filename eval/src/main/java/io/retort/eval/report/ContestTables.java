package io.retort.eval.report;

import io.retort.eval.comparison.ComparedFigure;
import io.retort.eval.comparison.RunComparison;
import io.retort.eval.comparison.RunRole;
import io.retort.eval.outcomes.Metric;
import java.util.List;

/** Paired differences by domain and by task: a table for each role and metric. */
final class ContestTables {
    private final Markup html = new Markup();

    private ContestTables() {}

    static Markup domains(RunComparison comparison) {
        ContestTables tables = new ContestTables();
        tables.html.start("section", "id", "domains").element("h2", "By domain");
        for (RunRole role : List.of(RunRole.ENSEMBLE, RunRole.EXPERT)) {
            for (Metric metric : List.of(Metric.ACCURACY, Metric.BITS_PER_BYTE)) {
                tables.table(role, metric, comparison.domains(), "Domain");
            }
        }
        tables.note(comparison);
        return tables.html.end();
    }

    static Markup tasks(RunComparison comparison) {
        ContestTables tables = new ContestTables();
        if (comparison.tasks().isEmpty()) {
            return tables.html;
        }
        tables.html.start("section", "id", "tasks").element("h2", "By task");
        for (RunRole role : List.of(RunRole.ENSEMBLE, RunRole.EXPERT)) {
            tables.table(role, Metric.ACCURACY, comparison.tasks(), "Task");
        }
        return tables.html.end();
    }

    private void table(RunRole role, Metric metric, List<ComparedFigure> all, String first) {
        List<ComparedFigure> figures = all.stream()
                .filter(figure -> figure.role() == role && figure.metric() == metric)
                .toList();
        if (figures.isEmpty()) {
            return;
        }
        html.start("h3")
                .append((role == RunRole.ENSEMBLE ? Definition.ENSEMBLE : Definition.EXPERT).link())
                .text(", ")
                .append((metric == Metric.ACCURACY ? Definition.ACCURACY : Definition.BITS)
                        .link(metric == Metric.ACCURACY ? "accuracy" : "bits a byte"))
                .end();
        html.start("table", "class", "cards").start("thead").start("tr");
        heading(new Markup().text(first));
        heading(new Markup().text("Documents"));
        heading(Definition.CHAMPION.link("Champion"));
        heading(Definition.CHAMPION.link("Challenger"));
        heading(Definition.CHAMPION.link("Difference"));
        if (metric == Metric.ACCURACY) {
            heading(Definition.MCNEMAR.link("Only champion · only challenger"));
        }
        heading(Definition.MCNEMAR.link("p"));
        heading(Definition.HOLM.link());
        heading(Definition.SHOWN.link("Challenger is"));
        html.end().end().start("tbody");
        figures.forEach(this::row);
        html.end().end();
    }

    private void row(ComparedFigure figure) {
        html.start("tr").element("th", figure.group().label(), "scope", "row");
        long documents = figure.result().documents();
        cell("Documents", documents == 0 ? NumberText.MISSING : NumberText.count(documents));
        cell("Champion", NumberText.score(figure.metric(), figure.champion()));
        cell("Challenger", NumberText.score(figure.metric(), figure.challenger()));
        html.start("td", "data-label", "Difference", "class", "wide").start("span");
        html.element("strong", ContestText.difference(figure))
                .element("span", " " + ContestText.bounds(figure), "class", "small");
        figure.result().undefinedBecause().ifPresent(reason -> html.element("span", " " + reason, "class", "small"));
        html.end().end();
        if (figure.metric() == Metric.ACCURACY) {
            String only = figure.result().counts().onlySecond() + " · "
                    + figure.result().counts().onlyFirst();
            html.element(
                    "td",
                    figure.result().isDefined() ? only : NumberText.MISSING,
                    "data-label",
                    "Only champion · only challenger",
                    "class",
                    "wide");
        }
        cell("p", NumberText.probability(figure.result().pValue()));
        cell("p (Holm)", NumberText.probability(figure.adjustedP()));
        html.start("td", "data-label", "Challenger is")
                .element("span", ContestText.outcome(figure), "class", ContestText.styleClass(figure))
                .end()
                .end();
    }

    private void note(RunComparison comparison) {
        html.start("p", "class", "note")
                .text("Accuracies in per cent, their differences in points; in brackets the ")
                .append(Definition.INTERVAL.link("interval"))
                .text(" of the difference at "
                        + NumberText.decimal(100 * comparison.bootstrap().level(), 0) + "%. ")
                .append(Definition.HOLM.link("Holm’s correction"))
                .text(" is over the rows of each table.")
                .end();
    }

    private void heading(Markup content) {
        html.start("th", "scope", "col").append(content).end();
    }

    private void cell(String label, String text) {
        html.element("td", text, "data-label", label);
    }
}
