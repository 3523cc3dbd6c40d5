package io.retort.eval.report;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.Retention;
import io.retort.eval.summary.DomainSummary;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.ExpertRole;
import io.retort.eval.summary.Figure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The first page: a sentence, a few tiles, and a line for each domain. */
final class SummarySection {
    private final EvaluationSummary summary;
    private final Markup html = new Markup();

    private SummarySection(EvaluationSummary summary) {
        this.summary = summary;
    }

    static Markup of(EvaluationSummary summary) {
        SummarySection section = new SummarySection(summary);
        section.html.start("section", "id", "summary");
        section.lead();
        section.tiles();
        section.table();
        return section.html.end();
    }

    private List<DomainSummary> defined() {
        return summary.domains().stream()
                .filter(domain -> domain.retention().isDefined())
                .sorted(Comparator.comparingDouble(domain -> domain.retention().value()))
                .toList();
    }

    private void lead() {
        List<DomainSummary> defined = defined();
        html.start("p", "class", "lead");
        if (defined.isEmpty()) {
            html.text("No domain has a defined retention; the table says why.");
        } else {
            DomainSummary lowest = defined.get(0);
            DomainSummary highest = defined.get(defined.size() - 1);
            html.text("Of the teacher’s skill above the floor the experts keep between "
                    + NumberText.decimal(lowest.retention().value(), 2) + " (" + lowest.domain() + ") and "
                    + NumberText.decimal(highest.retention().value(), 2) + " (" + highest.domain() + ").");
        }
        html.end();
    }

    private void tiles() {
        List<DomainSummary> defined = defined();
        int size = defined.size();
        double median = size == 0
                ? Double.NaN
                : (defined.get((size - 1) / 2).retention().value()
                                + defined.get(size / 2).retention().value())
                        / 2;
        long documents = summary.domains().stream()
                .mapToLong(domain -> domain.group().documents())
                .sum();
        long parameters = summary.roles().experts().stream()
                .mapToLong(ExpertRole::parameters)
                .sum();
        html.start("div", "class", "tiles");
        tile(NumberText.decimal(median, 3), "median retention of the experts");
        if (summary.mixed().isDefined()) {
            tile(NumberText.decimal(summary.mixed().value(), 3), "the ensemble’s retention, all domains mixed");
        }
        tile(size + " of " + summary.domains().size(), "domains with a defined retention");
        tile(NumberText.count(parameters), "parameters in all experts");
        tile(NumberText.count(documents), "test documents");
        html.end();
    }

    private void tile(String figure, String label) {
        html.start("div", "class", "tile")
                .element("strong", figure)
                .element("span", label)
                .end();
    }

    private void table() {
        html.start("table", "class", "cards").start("thead").start("tr");
        html.element("th", "Domain", "scope", "col");
        html.element("th", "Parameters", "scope", "col");
        html.element("th", "Documents", "scope", "col");
        for (Definition column :
                List.of(Definition.TEACHER, Definition.EXPERT, Definition.ENSEMBLE, Definition.FLOOR)) {
            heading(column.link());
        }
        heading(Definition.RETENTION.link("Expert’s retention"));
        heading(Definition.RETENTION.link("Ensemble’s retention"));
        heading(Definition.BITS.link("Expert’s bits a byte"));
        html.end().end().start("tbody");
        summary.domains().forEach(this::row);
        html.end().end();
        html.start("p", "class", "note")
                .text("Scores are ")
                .append(Definition.ACCURACY.link("accuracy"))
                .text(", or bits a byte (b/B) in a domain that asks nothing; in brackets the ")
                .append(Definition.INTERVAL.link("interval"))
                .text(" at " + NumberText.decimal(100 * summary.bootstrap().level(), 0)
                        + "%. Documents are those that the scores are over, of all where some ask nothing; bits a byte are"
                        + " over n documents.")
                .end();
    }

    private void heading(Markup content) {
        html.start("th", "scope", "col").append(content).end();
    }

    private void row(DomainSummary domain) {
        Metric metric = domain.primary();
        Retention.Scores scores = domain.retention().scores();
        Optional<ExpertRole> expert = summary.roles().expertOf(domain.domain());
        html.start("tr").element("th", domain.domain(), "scope", "row");
        cell(
                "Parameters",
                expert.map(role -> NumberText.count(role.parameters())).orElse(NumberText.MISSING));
        long scored = domain.scoredDocuments();
        long all = domain.group().documents();
        cell(
                "Documents",
                scored == all ? NumberText.count(all) : NumberText.count(scored) + " of " + NumberText.count(all));
        cell("Teacher", score(metric, scores.teacher()));
        cell("Expert", score(metric, scores.model()));
        cell("Ensemble", score(metric, domain.ensembleRetention().scores().model()));
        cell("Floor", score(metric, scores.floor()));
        retention("Expert’s retention", domain.retention());
        retention("Ensemble’s retention", domain.ensembleRetention());
        Optional<Figure> bits = expert.flatMap(role -> domain.group().figure(role.name(), Metric.BITS_PER_BYTE));
        html.start("td", "data-label", "Expert’s bits a byte", "class", "wide")
                .start("span")
                .text(bits.map(figure -> NumberText.decimal(figure.value(), 3)).orElse(NumberText.MISSING))
                .append(small(bits.map(Figure::interval)))
                .element(
                        "span",
                        bits.map(figure -> " n = " + NumberText.count(figure.documents()))
                                .orElse(""),
                        "class",
                        "small")
                .end()
                .end();
        html.end();
    }

    private void retention(String label, Retention retention) {
        html.start("td", "data-label", label, "class", "wide").start("span");
        html.element("strong", NumberText.decimal(retention.value(), 3));
        html.append(small(Optional.of(retention.interval())));
        retention.undefinedBecause().ifPresent(reason -> html.element("span", " " + reason, "class", "small"));
        html.end().end();
    }

    private static Markup small(Optional<Interval> interval) {
        Markup markup = new Markup();
        interval.filter(Interval::isDefined)
                .ifPresent(bounds -> markup.element("span", " " + NumberText.bounds(bounds), "class", "small"));
        return markup;
    }

    private static String score(Metric metric, double value) {
        String text = NumberText.score(metric, value);
        return metric == Metric.ACCURACY || text.equals(NumberText.MISSING) ? text : text + " b/B";
    }

    private void cell(String label, String text) {
        html.element("td", text, "data-label", label);
    }
}
