package io.retort.inference.bundles;

/**
 * Text that quotes a hostile file or name, as it may be shown: no control character gets to a terminal, nor one that turns the
 * order of what is shown. Stateless, thread-safe.
 */
public final class PrintableText {
    private PrintableText() {}

    /** Returns the text on one line, a question mark for each character that is not shown but does something. */
    public static String of(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(controls(c) ? '?' : c);
        }
        return clean.toString();
    }

    /** C0, DEL and C1, marks of direction (Unicode Standard Annex 9), and separators of lines and paragraphs. */
    private static boolean controls(char c) {
        return c < 0x20
                || (c >= 0x7F && c < 0xA0)
                || c == 0x61C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** Returns the same, but no page of it. */
    static String of(String text, int most) {
        return text.length() > most ? of(text.substring(0, most)) + "…" : of(text);
    }
}
