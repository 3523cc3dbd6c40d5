package io.retort.web;

import org.teavm.classlib.impl.text.DoubleAnalyzer;
import org.teavm.jso.JSBody;

/**
 * Decimal texts of doubles by JavaScript's own conversions. What TeaVM's class library has for it are tables of 21 kB that
 * hardly compress, a sixth of the package; {@link HostDecimalsTransformer} puts this in their place. Stateless.
 */
public final class HostDecimals {
    private static final int MANTISSA_DIGITS = 18;
    private static final int HALF = 1_000_000_000;

    private HostDecimals() {}

    /**
     * Takes a finite number apart, into the fewest digits that tell it from its neighbours.
     *
     * @param result receives m of 18 digits and e, for {@code |value| = m * 10^(e - 17)}, both 0 for 0
     */
    public static void analyze(double value, DoubleAnalyzer.Result result) {
        result.sign = value < 0 || 1 / value < 0;
        String text = exponential(Math.abs(value)); // such as 1.25e+3
        long mantissa = 0;
        int digits = 0;
        int at = 0;
        for (; text.charAt(at) != 'e'; at++) {
            if (text.charAt(at) != '.') {
                mantissa = 10 * mantissa + (text.charAt(at) - '0');
                digits++;
            }
        }
        for (; digits < MANTISSA_DIGITS; digits++) {
            mantissa *= 10;
        }
        int exponent = 0;
        for (int i = at + 2; i < text.length(); i++) {
            exponent = 10 * exponent + (text.charAt(i) - '0');
        }
        result.mantissa = mantissa;
        result.exponent = text.charAt(at + 1) == '-' ? -exponent : exponent;
    }

    /** Returns the double nearest to {@code mantissa * 10^(exponent - 18)}, the mantissa being unsigned. */
    public static double synthesize(long mantissa, int exponent, boolean negative) {
        // An unsigned division by ten: half of the mantissa has no sign.
        long tenth = (mantissa >>> 1) / 5;
        int last = (int) (mantissa - 10 * tenth);
        double value = number((int) (tenth / HALF), (int) (tenth % HALF), last, exponent - MANTISSA_DIGITS);
        return negative ? -value : value;
    }

    /**
     * Returns the double nearest to a decimal text.
     *
     * @throws NumberFormatException for what is no decimal
     */
    public static double parse(String text) {
        double value = number(text);
        if (Double.isNaN(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    @JSBody(params = "text", script = "return text.trim() === '' ? NaN : Number(text);")
    private static native double number(String text);

    @JSBody(params = "value", script = "return value.toExponential();")
    private static native String exponential(double value);

    @JSBody(
            params = {"high", "low", "last", "exponent"},
            script = "return Number(high + String(low).padStart(9, '0') + last + 'e' + exponent);")
    private static native double number(int high, int low, int last, int exponent);
}
