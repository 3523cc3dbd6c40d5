package io.retort.eval.report;

import io.retort.eval.summary.EvaluationSummary;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the figures were made from, so that they can be made again. */
final class ProvenanceSection {
    private ProvenanceSection() {}

    static Markup of(ReportData data) {
        Markup html = new Markup().start("section", "id", "provenance").element("h2", "Provenance");
        Map<String, String> run = new LinkedHashMap<>();
        EvaluationSummary summary = data.summary();
        run.put("report", data.run().reportId());
        run.put("started", data.run().startedAt());
        run.put("code", data.run().codeVersion());
        run.put("bootstrap seed", Long.toString(summary.bootstrap().seed()));
        run.put("bootstrap replicates", NumberText.count(summary.bootstrap().replicates()));
        run.put("interval level", NumberText.decimal(summary.bootstrap().level(), 3));
        facts(html, "Run", run);
        facts(html, "Inputs", data.run().inputs());
        facts(html, "Settings", data.run().settings());
        overlaps(html, data);
        return html.end();
    }

    private static void facts(Markup html, String title, Map<String, String> facts) {
        if (facts.isEmpty()) {
            return;
        }
        html.element("h3", title).start("dl", "class", "facts");
        facts.forEach((name, value) -> html.element("dt", name).element("dd", value));
        html.end();
    }

    private static void overlaps(Markup html, ReportData data) {
        if (data.overlaps().isEmpty()) {
            return;
        }
        html.start("h3").append(Definition.OVERLAP.link()).end();
        html.start("div", "class", "scroll").start("table").start("thead").start("tr");
        html.element("th", "Domain", "scope", "col")
                .element("th", "Prompts tested", "scope", "col")
                .element("th", "Also in the train split", "scope", "col");
        html.end().end().start("tbody");
        for (OverlapCheck check : data.overlaps()) {
            html.start("tr").element("th", check.domain(), "scope", "row");
            html.element("td", NumberText.count(check.tested()));
            html.element(
                    "td", NumberText.count(check.alsoTrained()), "class", check.alsoTrained() > 0 ? "wrong best" : "");
            html.end();
        }
        html.end().end().end();
    }
}
