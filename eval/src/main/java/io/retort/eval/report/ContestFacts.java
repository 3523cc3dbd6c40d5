package io.retort.eval.report;

import io.retort.eval.report.ComparisonData.Fact;
import java.util.List;

/** What changed between two runs, then what did not. */
final class ContestFacts {
    private ContestFacts() {}

    static Markup of(List<Fact> facts) {
        Markup html = new Markup();
        if (facts.isEmpty()) {
            return html;
        }
        html.start("section", "id", "changes").element("h2", "What changed");
        List<Fact> changed = facts.stream().filter(Fact::changed).toList();
        List<Fact> same = facts.stream().filter(fact -> !fact.changed()).toList();
        if (changed.isEmpty()) {
            html.element("p", "Nothing: inputs, settings and code are the same.");
        } else {
            html.start("table", "class", "cards facts").start("thead").start("tr");
            html.element("th", "", "scope", "col");
            html.start("th", "scope", "col")
                    .append(Definition.CHAMPION.link("Champion"))
                    .end();
            html.start("th", "scope", "col")
                    .append(Definition.CHAMPION.link("Challenger"))
                    .end();
            html.end().end().start("tbody");
            for (Fact fact : changed) {
                html.start("tr").element("th", fact.name(), "scope", "row");
                html.element("td", shown(fact.champion()), "data-label", "Champion", "class", "wide");
                html.element("td", shown(fact.challenger()), "data-label", "Challenger", "class", "wide");
                html.end();
            }
            html.end().end();
        }
        if (!same.isEmpty()) {
            html.element("h3", "The same in both").start("dl", "class", "facts");
            same.forEach(fact -> html.element("dt", fact.name()).element("dd", shown(fact.champion())));
            html.end();
        }
        return html.end();
    }

    private static String shown(String value) {
        return value.isEmpty() ? NumberText.MISSING : value;
    }
}
