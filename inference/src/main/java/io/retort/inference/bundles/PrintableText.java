package io.retort.inference.bundles;

/** Text that quotes a hostile file or name, as it may be shown: no control character gets to a terminal. */
final class PrintableText {
    private PrintableText() {}

    /** Returns the text on one line, a question mark for each control character. */
    static String of(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c < 0x20 || (c >= 0x7F && c < 0xA0) ? '?' : c);
        }
        return clean.toString();
    }

    /** Returns the same, but no page of it. */
    static String of(String text, int most) {
        return text.length() > most ? of(text.substring(0, most)) + "…" : of(text);
    }
}
