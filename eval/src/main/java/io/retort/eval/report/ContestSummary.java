package io.retort.eval.report;

import io.retort.eval.comparison.ComparedFigure;
import io.retort.eval.comparison.ComparedFigure.Outcome;
import io.retort.eval.comparison.RunComparison;
import io.retort.eval.comparison.RunRole;
import io.retort.eval.outcomes.Metric;
import java.util.List;

/** What a reader wants to know first: is the challenger better, where, and how sure is that. */
final class ContestSummary {
    private final RunComparison comparison;
    private final Markup html = new Markup();

    private ContestSummary(RunComparison comparison) {
        this.comparison = comparison;
    }

    static Markup of(RunComparison comparison) {
        ContestSummary summary = new ContestSummary(comparison);
        summary.html.start("section", "id", "summary");
        summary.lead();
        summary.tiles();
        return summary.html.end();
    }

    private void lead() {
        html.start("p", "class", "lead");
        List<ComparedFigure> overall = overall(Metric.ACCURACY);
        if (overall.isEmpty() || !overall.get(0).result().isDefined()) {
            html.text("The two were not asked the same questions in all domains; the tables compare what they share.");
        } else {
            ComparedFigure figure = overall.get(0);
            String verdict = switch (figure.outcome()) {
                case BETTER -> "The challenger is better: ";
                case WORSE -> "The challenger is worse: ";
                default -> "No difference is shown over all documents: ";
            };
            html.text(verdict + "its ensemble answers " + NumberText.score(Metric.ACCURACY, figure.challenger())
                    + " right, the champion’s " + NumberText.score(Metric.ACCURACY, figure.champion()) + ", p = "
                    + NumberText.probability(figure.result().pValue()) + ".");
        }
        html.end();
    }

    private void tiles() {
        html.start("div", "class", "tiles");
        for (ComparedFigure figure : comparison.overall()) {
            if (figure.result().isDefined()) {
                tile(
                        ContestText.difference(figure),
                        figure.metric() == Metric.ACCURACY ? Definition.ACCURACY : Definition.BITS,
                        figure.metric() == Metric.ACCURACY
                                ? "points of accuracy, all documents"
                                : "bits a byte, all documents");
            }
        }
        count(Outcome.BETTER, "domains where the ensemble is better");
        count(Outcome.WORSE, "domains where it is worse");
        count(Outcome.NOT_SHOWN, "domains where neither is shown");
        html.end();
    }

    private void count(Outcome outcome, String label) {
        List<ComparedFigure> domains = comparison.domains().stream()
                .filter(figure -> figure.role() == RunRole.ENSEMBLE && figure.metric() == Metric.ACCURACY)
                .toList();
        long count =
                domains.stream().filter(figure -> figure.outcome() == outcome).count();
        tile(count + " of " + domains.size(), Definition.SHOWN, label);
    }

    private void tile(String figure, Definition definition, String label) {
        html.start("div", "class", "tile").element("strong", figure);
        html.start("span").append(definition.link(label)).end();
        html.end();
    }

    private List<ComparedFigure> overall(Metric metric) {
        return comparison.overall().stream()
                .filter(figure -> figure.metric() == metric)
                .toList();
    }
}
