package io.retort.eval.report;

import java.util.List;
import java.util.Map;

/**
 * A page of explained tables and heat maps.
 *
 * @param title the page's title
 * @param meta one line below it: what it was made from
 * @param sections in order
 * @param codeVersion who made it
 */
public record HeatMapPage(String title, String meta, List<Section> sections, String codeVersion) {
    public HeatMapPage {
        sections = List.copyOf(sections);
    }

    /**
     * A part of the page.
     *
     * @param id unique in the page: lower-case letters, digits and hyphens
     * @param title its heading
     * @param paragraphs of text
     * @param tables shown first
     * @param heatMaps shown after them
     * @param facts names and values, shown last
     */
    public record Section(
            String id,
            String title,
            List<String> paragraphs,
            List<Figures> tables,
            List<HeatMap> heatMaps,
            Map<String, String> facts) {
        public Section {
            if (!id.matches("[a-z][a-z0-9-]*")) {
                throw new IllegalArgumentException(
                        "expected an id of lower-case letters, digits and hyphens, found \"" + id + "\"");
            }
            paragraphs = List.copyOf(paragraphs);
            tables = List.copyOf(tables);
            heatMaps = List.copyOf(heatMaps);
        }
    }

    /**
     * A table.
     *
     * @param columns headings; the first column names the row
     * @param rows as many cells each as there are columns
     */
    public record Figures(List<String> columns, List<List<String>> rows) {
        public Figures {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            "expected " + columns.size() + " cells in a row, found " + row.size() + ": " + row);
                }
            }
        }
    }

    /**
     * The page as one HTML file, to be stored as UTF-8: no script, no link outside, light and dark. The same data gives
     * the same text.
     */
    public String html() {
        Markup html = new Markup().start("html", "lang", "en");
        Page.head(html, title);
        html.start("body").start("header").element("h1", title).element("p", meta, "class", "meta");
        html.start("nav", "aria-label", "Sections").start("ul");
        for (Section section : sections) {
            html.start("li")
                    .element("a", section.title, "href", "#" + section.id)
                    .end();
        }
        html.end().end().end().start("main");
        sections.forEach(section -> html.append(section(section)));
        html.end();
        html.element("footer", "Made by Retort " + codeVersion + ". This file is complete in itself.");
        return "<!DOCTYPE html>\n" + html.end().end() + "\n";
    }

    private static Markup section(Section section) {
        Markup html = new Markup().start("section", "id", section.id).element("h2", section.title);
        section.paragraphs.forEach(paragraph -> html.element("p", paragraph));
        section.tables.forEach(table -> table(html, table));
        if (!section.heatMaps.isEmpty()) {
            html.start("div", "class", "figures");
            for (int i = 0; i < section.heatMaps.size(); i++) {
                html.append(section.heatMaps.get(i).figure(section.id + "-" + i));
            }
            html.end();
        }
        if (!section.facts.isEmpty()) {
            html.start("dl", "class", "facts");
            section.facts.forEach((name, value) -> html.element("dt", name).element("dd", value));
            html.end();
        }
        return html.end();
    }

    private static void table(Markup html, Figures table) {
        html.start("div", "class", "scroll", "tabindex", "0").start("table").start("thead");
        html.start("tr");
        table.columns.forEach(column -> html.element("th", column, "scope", "col"));
        html.end().end().start("tbody");
        for (List<String> row : table.rows) {
            html.start("tr").element("th", row.get(0), "scope", "row");
            row.stream().skip(1).forEach(cell -> html.element("td", cell));
            html.end();
        }
        html.end().end().end();
    }
}
