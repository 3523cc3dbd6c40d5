package io.retort.eval.report;

import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.summary.Disagreement;
import io.retort.eval.summary.Disagreement.Winner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents on which teacher and expert differ, by domain. */
final class SamplesSection {
    private final Markup html = new Markup();

    private SamplesSection() {}

    static Markup of(List<Disagreement> disagreements) {
        SamplesSection section = new SamplesSection();
        if (!disagreements.isEmpty()) {
            section.write(disagreements);
        }
        return section.html;
    }

    private void write(List<Disagreement> disagreements) {
        Map<String, List<Disagreement>> byDomain = new LinkedHashMap<>();
        for (Disagreement disagreement : disagreements) {
            byDomain.computeIfAbsent(disagreement.document().domain(), domain -> new ArrayList<>())
                    .add(disagreement);
        }
        html.start("section", "id", "samples").element("h2", "Where teacher and expert differ");
        html.start("p")
                .append(Definition.SAMPLE.link())
                .text(" of documents that one of the two got wrong.")
                .end();
        boolean first = true;
        for (Map.Entry<String, List<Disagreement>> domain : byDomain.entrySet()) {
            if (first) {
                html.start("details", "open", "open");
            } else {
                html.start("details");
            }
            first = false;
            long teacher = domain.getValue().stream()
                    .filter(one -> one.winner() == Winner.TEACHER)
                    .count();
            String note = " " + teacher + " right by the teacher, "
                    + (domain.getValue().size() - teacher) + " by the expert";
            html.start("summary")
                    .text(domain.getKey())
                    .element("span", note, "class", "note")
                    .end();
            html.start("div", "class", "inside");
            domain.getValue().forEach(this::sample);
            html.end().end();
        }
        html.end();
    }

    private void sample(Disagreement disagreement) {
        DocumentOutcome teacher = disagreement.teacher();
        html.start("article").start("h3").text(disagreement.document().task() + " ");
        html.element("span", disagreement.document().documentId(), "class", "note")
                .end();
        html.element("pre", teacher.sample().prompt());
        html.start("div", "class", "answers");
        html.start("div")
                .element("h4", "Reference")
                .element("pre", teacher.sample().reference())
                .end();
        answer(html, "Teacher", teacher);
        answer(html, "Expert", disagreement.expert());
        html.end().end();
    }

    /** What a model answered, and whether it was right. */
    static void answer(Markup html, String who, DocumentOutcome outcome) {
        boolean right = outcome.score().correct() == 1;
        html.start("div").start("h4").text(who + " ");
        html.element("span", right ? "✓ right" : "✗ wrong", "class", right ? "right" : "wrong")
                .end();
        html.element("pre", outcome.sample().produced());
        if (!outcome.sample().reason().isEmpty()) {
            html.element("p", outcome.sample().reason(), "class", "why");
        }
        html.end();
    }
}
