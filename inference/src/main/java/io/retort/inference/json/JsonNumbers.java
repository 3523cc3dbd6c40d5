package io.retort.inference.json;

/** The grammar of numbers in RFC 8259, section 6. */
final class JsonNumbers {
    /** The largest magnitude below which every integer is a double. */
    private static final double EXACT_INTEGERS = 9007199254740992.0;

    private JsonNumbers() {}

    static void requireNumber(String text) {
        int end = scan(text, 0);
        if (text.isEmpty() || end != text.length()) {
            throw new IllegalArgumentException("expected a JSON number, found \"" + text + "\"");
        }
    }

    static String text(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("expected a finite number, found " + value);
        }
        if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }

    /** Returns the offset behind the number that starts at {@code from}, or -1 where none does. */
    static int scan(CharSequence text, int from) {
        int at = from;
        if (at < text.length() && text.charAt(at) == '-') {
            at++;
        }
        int integerFrom = at;
        at = digits(text, at);
        boolean leadingZero = at - integerFrom > 1 && text.charAt(integerFrom) == '0';
        if (at == integerFrom || leadingZero) {
            return -1;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            int fractionFrom = at + 1;
            at = digits(text, fractionFrom);
            if (at == fractionFrom) {
                return -1;
            }
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int exponentFrom = at;
            at = digits(text, at);
            if (at == exponentFrom) {
                return -1;
            }
        }
        return at;
    }

    private static int digits(CharSequence text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
