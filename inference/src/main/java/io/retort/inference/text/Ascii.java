package io.retort.inference.text;

/** Letters of ASCII, without the tables of all of Unicode that Java's own methods bring along to browsers. Stateless, thread-safe. */
public final class Ascii {
    private Ascii() {}

    /** Returns {@code text} with A to Z as a to z and all else as it is. */
    public static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return lower.toString();
    }

    /** Returns the value of a hexadecimal digit, -1 for any other character or byte. */
    public static int hexDigit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
