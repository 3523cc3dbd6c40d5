package io.retort.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page that is one file: no script, no link outside, and a content security policy that forbids both should a text ever slip
 * through. It is well formed as XML as well.
 *
 * @param title of the browser's window
 * @param heading what the page is about
 * @param meta a line below it
 * @param sections in order; those without a body are left out
 * @param codeVersion of what made it
 */
record Page(String title, String heading, String meta, List<Section> sections, String codeVersion) {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /** A part of a page; its body's section has the same id. */
    record Section(String id, String title, Markup body) {
        boolean isEmpty() {
            return body.toString().isEmpty();
        }
    }

    /** The file's text. */
    String html() {
        Markup html = new Markup().start("html", "lang", "en");
        head(html, title);
        html.start("body");
        header(html);
        html.start("main");
        sections.forEach(section -> html.append(section.body));
        html.end();
        html.start("footer")
                .text("Made by Retort " + codeVersion + ". This file is complete in itself.")
                .end();
        return "<!DOCTYPE html>\n" + html.end().end() + "\n";
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

    private void header(Markup html) {
        html.start("header").element("h1", heading).element("p", meta, "class", "meta");
        html.start("nav", "aria-label", "Sections").start("ul");
        for (Section section : sections) {
            if (!section.isEmpty()) {
                html.start("li")
                        .element("a", section.title, "href", "#" + section.id)
                        .end();
            }
        }
        html.end().end().end();
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("expected the resource " + name + " beside " + Page.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
