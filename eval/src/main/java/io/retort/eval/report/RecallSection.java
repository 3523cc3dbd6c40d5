package io.retort.eval.report;

import io.retort.eval.recall.RecallSummary;
import io.retort.eval.recall.RecallSummary.Cell;
import io.retort.eval.recall.RecallSummary.Length;
import java.util.ArrayList;
import java.util.List;

/** What an expert recalls by length and depth: a heat map, and a table of the same with counts. */
final class RecallSection {
    private static final int PERCENT = 100;

    private final RecallSummary recall;
    private final List<String> depths = new ArrayList<>();

    private RecallSection(RecallSummary recall) {
        this.recall = recall;
        for (int depth = 0; depth < RecallSummary.DEPTHS; depth++) {
            int step = PERCENT / RecallSummary.DEPTHS;
            depths.add(depth * step + "–" + (depth + 1) * step + "%");
        }
    }

    /** Empty where nothing was asked. */
    static Markup of(RecallSummary recall) {
        return recall.asked() == 0 ? new Markup() : new RecallSection(recall).section();
    }

    private Markup section() {
        Markup html = new Markup().start("section", "id", "recall").element("h2", "Recall");
        html.start("p", "class", "note")
                .text("What " + recall.expert() + " found in " + NumberText.count(recall.asked()) + " prompts by the ")
                .append(Definition.RECALL.link("length of the prompt and the depth"))
                .text(" at which the fact stands that is asked for.")
                .end();
        html.start("div", "class", "figures").append(figure()).append(table()).end();
        return html.end();
    }

    private Markup figure() {
        double[][] shares = new double[recall.lengths().size()][];
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < shares.length; row++) {
            Length length = recall.lengths().get(row);
            rows.add(name(length));
            shares[row] = length.depths().stream().mapToDouble(Cell::share).toArray();
        }
        HeatMap map = new HeatMap(
                "Recall by depth and length",
                "Rows are lengths of prompts in bytes, columns depths of the fact; each cell holds the share of right answers.",
                rows,
                depths.stream()
                        .map(depth -> "<" + depth.substring(depth.indexOf('–') + 1))
                        .toList(),
                shares,
                1,
                2);
        return map.figure(
                "recall-map",
                new Markup()
                        .append(Definition.RECALL.link("Share of right answers"))
                        .text("; rows are lengths in bytes, columns depths from the prompt’s start. The table has the"
                                + " counts."));
    }

    private Markup table() {
        Markup html =
                new Markup().start("table", "class", "cards").start("thead").start("tr");
        html.element("th", "Bytes", "scope", "col");
        depths.forEach(depth -> html.element("th", depth, "scope", "col"));
        html.end().end().start("tbody");
        for (Length length : recall.lengths()) {
            html.start("tr").element("th", name(length), "scope", "row");
            for (int depth = 0; depth < depths.size(); depth++) {
                Cell cell = length.depths().get(depth);
                html.start("td", "data-label", depths.get(depth))
                        .text(cell.asked() == 0 ? NumberText.MISSING : cell.right() + " of " + cell.asked())
                        .end();
            }
            html.end();
        }
        return html.end().end();
    }

    private static String name(Length length) {
        return bytes(length.fromBytes()) + "–" + bytes(length.toBytes());
    }

    private static String bytes(long bytes) {
        return bytes < 1024 ? Long.toString(bytes) : bytes / 1024 + "K";
    }
}
