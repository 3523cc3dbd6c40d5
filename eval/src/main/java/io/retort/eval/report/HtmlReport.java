package io.retort.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a {@link ReportData} as one HTML file: no script, no link outside, and a content security policy that forbids both
 * should a text ever slip through. The file is well formed as XML as well.
 */
public final class HtmlReport {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private HtmlReport() {}

    /** The file's text, to be stored as UTF-8. The same data gives the same text. */
    public static String of(ReportData data) {
        List<Section> sections = sections(data);
        Markup html = new Markup().start("html", "lang", "en");
        head(html, data.title() + " – evaluation");
        html.start("body");
        header(html, data, sections);
        html.start("main");
        sections.forEach(section -> html.append(section.body));
        html.end();
        html.start("footer")
                .text("Made by Retort " + data.run().codeVersion() + ". This file is complete in itself.")
                .end();
        return "<!DOCTYPE html>\n" + html.end().end() + "\n";
    }

    private record Section(String id, String title, Markup body) {}

    private static List<Section> sections(ReportData data) {
        ReportModels models = new ReportModels(data.summary());
        return List.of(
                new Section("summary", "Summary", SummarySection.of(data.summary())),
                new Section("figures", "Figures", FigureSections.figures(data.summary(), models)),
                new Section(
                        "router",
                        "Router",
                        data.routing().map(RoutingSection::of).orElseGet(Markup::new)),
                new Section(
                        "recall", "Recall", data.recall().map(RecallSection::of).orElseGet(Markup::new)),
                new Section("learning", "Learning", FigureSections.learning(data.curves())),
                new Section("controls", "Controls", ControlsSection.of(data.summary(), models)),
                new Section(
                        "samples", "Samples", SamplesSection.of(data.summary().disagreements())),
                new Section("definitions", "Definitions", Definition.section()),
                new Section("provenance", "Provenance", ProvenanceSection.of(data)));
    }

    /** The head of every page of this package. */
    static void head(Markup html, String title) {
        html.start("head")
                .empty("meta", "charset", "utf-8")
                .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .element("title", title)
                .style(resource("report.css"))
                .end();
    }

    private static void header(Markup html, ReportData data, List<Section> sections) {
        html.start("header")
                .element("h1", data.title())
                .start("p", "class", "meta")
                .text("Evaluation " + data.run().reportId() + " · " + data.run().startedAt())
                .end();
        html.start("nav", "aria-label", "Sections").start("ul");
        for (Section section : sections) {
            if (!section.body.toString().isEmpty()) {
                html.start("li")
                        .element("a", section.title, "href", "#" + section.id)
                        .end();
            }
        }
        html.end().end().end();
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("expected the resource " + name + " beside " + HtmlReport.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
