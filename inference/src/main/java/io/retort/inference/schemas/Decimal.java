package io.retort.inference.schemas;

/**
 * The exact value of a JSON number: ± digits · 10^exponent, with no zero at either end of the digits; zero has none. Two
 * numbers are equal where their decimals are.
 */
record Decimal(boolean negative, String digits, long exponent) {
    /** Beyond it an exponent's own digits no longer matter: no text within bounds has a value that it could meet. */
    private static final long FARTHEST = 1_000_000_000_000L;

    private static final int DIGITS_OF_LONG = 18;

    /** Reads the text of a valid JSON number. */
    static Decimal of(String text) {
        boolean negative = text.startsWith("-");
        int exponentAt = Math.max(text.indexOf('e'), text.indexOf('E'));
        String mantissa = text.substring(negative ? 1 : 0, exponentAt < 0 ? text.length() : exponentAt);
        long exponent = exponentAt < 0 ? 0 : exponent(text.substring(exponentAt + 1));
        int point = mantissa.indexOf('.');
        String digits = point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1);
        exponent -= point < 0 ? 0 : mantissa.length() - point - 1;
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        int to = digits.length();
        while (to > from && digits.charAt(to - 1) == '0') {
            to--;
        }
        if (from == to) {
            return new Decimal(false, "", 0);
        }
        return new Decimal(negative, digits.substring(from, to), exponent + digits.length() - to);
    }

    private static long exponent(String text) {
        boolean negative = text.startsWith("-");
        long value = 0;
        for (int i = negative || text.startsWith("+") ? 1 : 0; i < text.length(); i++) {
            value = Math.min(FARTHEST, 10 * value + text.charAt(i) - '0');
        }
        return negative ? -value : value;
    }

    boolean isInteger() {
        return exponent >= 0;
    }

    /** Returns an integer's value, or a magnitude of 10^18 with its sign where it is larger. */
    long integer() {
        long value = 0;
        if (digits.length() + exponent > DIGITS_OF_LONG) {
            value = 1_000_000_000_000_000_000L;
        } else {
            for (int i = 0; i < digits.length() + exponent; i++) {
                value = 10 * value + (i < digits.length() ? digits.charAt(i) - '0' : 0);
            }
        }
        return negative ? -value : value;
    }
}
