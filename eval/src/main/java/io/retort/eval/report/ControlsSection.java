package io.retort.eval.report;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.summary.Comparison;
import io.retort.eval.summary.DomainSummary;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All models by all metrics, and who differs from whom. */
final class ControlsSection {
    private static final double SIGNIFICANT = 0.05;

    private final EvaluationSummary summary;
    private final ReportModels models;
    private final Markup html = new Markup();

    private ControlsSection(EvaluationSummary summary, ReportModels models) {
        this.summary = summary;
        this.models = models;
    }

    static Markup of(EvaluationSummary summary, ReportModels models) {
        ControlsSection section = new ControlsSection(summary, models);
        if (!summary.isEmpty()) {
            section.html.start("section", "id", "controls");
            section.html
                    .element("h2", "All models and controls")
                    .start("p")
                    .text("A figure means little alone: ")
                    .append(Definition.CONTROLS.link("controls"))
                    .text(" say what it is worth.")
                    .end();
            section.table(Metric.ACCURACY, Definition.ACCURACY);
            section.table(Metric.BITS_PER_BYTE, Definition.BITS);
            section.comparisons();
            section.html.end();
        }
        return section.html;
    }

    private void table(Metric metric, Definition definition) {
        List<String> roles = models.roles().stream()
                .filter(role -> summary.domains().stream()
                        .anyMatch(domain -> figure(domain, role, metric).isPresent()))
                .toList();
        if (roles.isEmpty()) {
            return;
        }
        html.start("h3").append(definition.link()).end();
        html.start("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", definition.term())
                .start("table")
                .start("thead")
                .start("tr")
                .element("th", "Domain", "scope", "col");
        roles.forEach(role -> html.element("th", role, "scope", "col"));
        html.end().end().start("tbody");
        for (DomainSummary domain : summary.domains()) {
            html.start("tr").element("th", domain.domain(), "scope", "row");
            roles.forEach(role -> cell(metric, figure(domain, role, metric)));
            html.end();
        }
        html.end().end().end();
    }

    private Optional<Figure> figure(DomainSummary domain, String role, Metric metric) {
        return domain.group().figure(models.model(role, domain.domain()), metric);
    }

    private void cell(Metric metric, Optional<Figure> figure) {
        html.start("td")
                .text(figure.map(f -> NumberText.score(metric, f.value())).orElse(NumberText.MISSING));
        figure.ifPresent(f -> html.element("span", NumberText.bounds(metric, f.interval()), "class", "small")
                .element("span", " n = " + NumberText.count(f.documents()), "class", "small"));
        html.end();
    }

    private record Row(String domain, Comparison comparison) {}

    private void comparisons() {
        Map<String, List<Row>> byRole = new LinkedHashMap<>();
        for (DomainSummary domain : summary.domains()) {
            for (Comparison comparison : domain.comparisons()) {
                byRole.computeIfAbsent(comparison.role(), role -> new ArrayList<>())
                        .add(new Row(domain.domain(), comparison));
            }
        }
        if (byRole.isEmpty()) {
            return;
        }
        html.start("h3")
                .append(Definition.COMPARISON.link("Paired comparisons"))
                .end();
        boolean first = true;
        for (Map.Entry<String, List<Row>> role : byRole.entrySet()) {
            if (first) {
                html.start("details", "open", "open");
            } else {
                html.start("details");
            }
            first = false;
            long significant = role.getValue().stream()
                    .filter(row -> row.comparison.adjustedP() < SIGNIFICANT)
                    .count();
            long defined = role.getValue().stream()
                    .filter(row -> row.comparison.result().isDefined())
                    .count();
            long undefined = role.getValue().size() - defined;
            String note = " differ in " + significant + " of " + defined + " domains"
                    + (undefined == 0 ? "" : ", undefined in " + undefined);
            html.start("summary")
                    .text(role.getKey())
                    .element("span", note, "class", "note")
                    .end();
            html.start("div", "class", "inside");
            comparisonTable(role.getKey(), role.getValue());
            html.end().end();
        }
    }

    private void comparisonTable(String role, List<Row> rows) {
        html.start("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", role)
                .start("table")
                .start("thead")
                .start("tr");
        for (String column :
                List.of("Domain", "n", "Difference", "Interval", "Only first", "Only second", "p", "p (Holm)")) {
            html.element("th", column, "scope", "col");
        }
        html.end().end().start("tbody");
        rows.forEach(this::comparisonRow);
        html.end().end().end();
    }

    private void comparisonRow(Row row) {
        Comparison comparison = row.comparison;
        boolean accuracy = comparison.metric() == Metric.ACCURACY;
        double difference = comparison.result().difference();
        html.start("tr").element("th", row.domain, "scope", "row");
        Optional<String> reason = comparison.result().undefinedBecause();
        if (reason.isPresent()) {
            html.element("td", "undefined: " + reason.get(), "colspan", "7").end();
            return;
        }
        html.element("td", NumberText.count(comparison.result().documents()));
        html.element("td", accuracy ? points(difference) : NumberText.decimal(difference, 3) + " b/B");
        html.element(
                "td", NumberText.bounds(comparison.metric(), comparison.result().interval()));
        html.element("td", NumberText.count(comparison.result().counts().onlyFirst()));
        html.element("td", NumberText.count(comparison.result().counts().onlySecond()));
        html.element("td", NumberText.probability(comparison.pValue()));
        String emphasis = comparison.adjustedP() < SIGNIFICANT ? "significant" : "";
        html.element("td", NumberText.probability(comparison.adjustedP()), "class", emphasis);
        html.end();
    }

    /** A difference of accuracies, in percentage points. */
    private static String points(double difference) {
        String text = NumberText.decimal(100 * difference, 1);
        return (difference > 0 && !text.equals("0.0") ? "+" : "") + text + " pp";
    }
}
