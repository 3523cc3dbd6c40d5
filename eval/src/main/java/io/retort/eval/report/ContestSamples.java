package io.retort.eval.report;

import io.retort.eval.comparison.ComparedDocument;
import io.retort.eval.comparison.ComparedDocument.Winner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Documents that one of the two ensembles got right, by domain. */
final class ContestSamples {
    private final Markup html = new Markup();

    private ContestSamples() {}

    static Markup of(List<ComparedDocument> documents) {
        ContestSamples samples = new ContestSamples();
        if (!documents.isEmpty()) {
            samples.write(documents);
        }
        return samples.html;
    }

    private void write(List<ComparedDocument> documents) {
        Map<String, List<ComparedDocument>> byDomain = new TreeMap<>();
        documents.forEach(
                document -> byDomain.computeIfAbsent(document.document().domain(), domain -> new ArrayList<>())
                        .add(document));
        html.start("section", "id", "samples").element("h2", "Where the two differ");
        html.start("p")
                .append(Definition.CONTEST_SAMPLE.link())
                .text(" of documents that one of the two ensembles got wrong.")
                .end();
        boolean first = true;
        for (Map.Entry<String, List<ComparedDocument>> domain : byDomain.entrySet()) {
            if (first) {
                html.start("details", "open", "open");
            } else {
                html.start("details");
            }
            first = false;
            long challenger = domain.getValue().stream()
                    .filter(one -> one.winner() == Winner.CHALLENGER)
                    .count();
            html.start("summary")
                    .text(domain.getKey())
                    .element(
                            "span",
                            " " + challenger + " right by the challenger, "
                                    + (domain.getValue().size() - challenger) + " by the champion",
                            "class",
                            "note")
                    .end();
            html.start("div", "class", "inside");
            domain.getValue().forEach(this::sample);
            html.end().end();
        }
        html.end();
    }

    private void sample(ComparedDocument document) {
        html.start("article").start("h3").text(document.document().task() + " ");
        html.element("span", document.document().documentId(), "class", "note").end();
        html.element("pre", document.champion().sample().prompt());
        html.start("div", "class", "answers");
        html.start("div")
                .element("h4", "Reference")
                .element("pre", document.champion().sample().reference())
                .end();
        SamplesSection.answer(html, "Champion", document.champion());
        SamplesSection.answer(html, "Challenger", document.challenger());
        html.end().end();
    }
}
