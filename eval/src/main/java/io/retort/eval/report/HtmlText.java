package io.retort.eval.report;

/** Makes any text safe to stand in HTML, as content or as a quoted attribute. */
final class HtmlText {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE_PICTURE = 0x2421;

    private HtmlText() {}

    /**
     * The text with markup escaped and whatever would not be seen made visible: control characters as their pictures
     * (line feed and tab stay), characters that reorder or hide text as their code points.
     */
    static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n', '\t' -> html.appendCodePoint(c);
                default -> appendVisible(html, c);
            }
        }
        return html.toString();
    }

    private static void appendVisible(StringBuilder html, int c) {
        if (c < 0x20) {
            html.appendCodePoint(CONTROL_PICTURES + c);
        } else if (c == 0x7F) {
            html.appendCodePoint(DELETE_PICTURE);
        } else if (isHidden(c)) {
            html.append(String.format("⟨U+%04X⟩", c));
        } else {
            html.appendCodePoint(c);
        }
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
