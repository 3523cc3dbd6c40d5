package io.retort.eval.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Builds HTML and SVG that is well formed as XML too: what is opened is closed, and all text and attributes are escaped.
 * Not thread-safe.
 */
final class Markup {
    private static final Set<String> OWN_LINE = Set.of(
            "article",
            "div",
            "dl",
            "dd",
            "figure",
            "figcaption",
            "g",
            "h2",
            "h3",
            "header",
            "main",
            "nav",
            "p",
            "section",
            "svg",
            "table",
            "tr",
            "details",
            "summary",
            "footer");

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; attributes are names and values in turn. */
    Markup start(String tag, String... attributes) {
        tag(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Closes the element opened last. */
    Markup end() {
        String tag = open.pop();
        out.append("</").append(tag).append('>');
        if (OWN_LINE.contains(tag)) {
            out.append('\n');
        }
        return this;
    }

    /** An element without content. */
    Markup empty(String tag, String... attributes) {
        tag(tag, attributes);
        out.append("/>");
        return this;
    }

    Markup text(String text) {
        out.append(HtmlText.escape(text));
        return this;
    }

    /** An element that holds text only. */
    Markup element(String tag, String text, String... attributes) {
        return start(tag, attributes).text(text).end();
    }

    /** What another builder made, which must have closed all it opened. */
    Markup append(Markup other) {
        out.append(other);
        return this;
    }

    /** A style sheet, which is not escaped: it must come from this package's resources. */
    Markup style(String css) {
        if (css.contains("<") || css.contains("&")) {
            throw new IllegalArgumentException("expected a style sheet without markup");
        }
        out.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    private void tag(String tag, String... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "expected names and values in turn, found " + attributes.length + " texts");
        }
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(HtmlText.escape(attributes[i + 1])).append('"');
        }
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("expected all elements to be closed, found open " + open);
        }
        return out.toString();
    }
}
