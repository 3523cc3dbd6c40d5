package io.retort.inference.schemas;

import io.retort.inference.constraints.TextState;
import io.retort.inference.text.Ascii;
import io.retort.inference.text.Utf8;

/**
 * A JSON string as it is written: UTF-8 or escapes, surrogates in pairs. Characters are counted where they begin.
 *
 * @param least characters, at least
 * @param most characters, at most
 * @param count of characters that have begun
 * @param place within the string
 * @param left meaning depends on the place
 * @param value meaning depends on the place
 */
record StringText(int least, int most, int count, Place place, int left, int value) implements TextState {
    /** Where in a string the next byte falls. */
    private enum Place {
        /** Before the opening quote. */
        OUTSIDE,
        /** Between characters. */
        BETWEEN,
        /** In a UTF-8 sequence: {@code left} bytes are missing, and {@code value} is the byte that was first, or 0 past the second. */
        IN_SEQUENCE,
        /** Behind a backslash. */
        ESCAPED,
        /** In a {@code \\u}: {@code left} digits are missing, {@code value} is what the others say. */
        IN_UNIT,
        /** Behind a high surrogate: two bytes and four digits are missing. */
        BEFORE_LOW,
        /** Behind that one's backslash. */
        BEFORE_LOW_U,
        /** In the {@code \\u} of a low surrogate, as in the other. */
        IN_LOW
    }

    /** A whole low surrogate's text: {@code \\udc00}. */
    private static final int LOW_UNIT = 6;

    static StringText start(int least, int most) {
        return new StringText(least, most, 0, Place.OUTSIDE, 0, 0);
    }

    private StringText at(Place next, int missing, int known) {
        return new StringText(least, most, count, next, missing, known);
    }

    private StringText begun(Place next, int missing, int known) {
        return new StringText(least, most, count + 1, next, missing, known);
    }

    @Override
    public TextState next(int b) {
        return switch (place) {
            case OUTSIDE -> b == '"' ? at(Place.BETWEEN, 0, 0) : REFUSED;
            case BETWEEN -> between(b);
            case IN_SEQUENCE -> inSequence(b);
            case ESCAPED -> escaped(b);
            case IN_UNIT, IN_LOW -> inUnit(b);
            case BEFORE_LOW -> b == '\\' ? at(Place.BEFORE_LOW_U, 0, 0) : REFUSED;
            case BEFORE_LOW_U -> b == 'u' ? at(Place.IN_LOW, 4, 0) : REFUSED;
        };
    }

    private TextState between(int b) {
        if (b == '"') {
            return count >= least ? ENDED : REFUSED;
        }
        int length = Utf8.sequenceLength(b);
        if (count == most || b < ' ' || length == 0) {
            return REFUSED;
        }
        if (b == '\\') {
            return begun(Place.ESCAPED, 0, 0);
        }
        return length == 1 ? begun(Place.BETWEEN, 0, 0) : begun(Place.IN_SEQUENCE, length - 1, b);
    }

    private TextState inSequence(int b) {
        int low = value == 0 ? 0x80 : Utf8.lowestSecond(value);
        int high = value == 0 ? 0xBF : Utf8.highestSecond(value);
        if (b < low || b > high) {
            return REFUSED;
        }
        return left == 1 ? at(Place.BETWEEN, 0, 0) : at(Place.IN_SEQUENCE, left - 1, 0);
    }

    private TextState escaped(int b) {
        return switch (b) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at(Place.BETWEEN, 0, 0);
            case 'u' -> at(Place.IN_UNIT, 4, 0);
            default -> REFUSED;
        };
    }

    private TextState inUnit(int b) {
        int digit = Ascii.hexDigit(b);
        if (digit < 0) {
            return REFUSED;
        }
        int unit = value << 4 | digit;
        boolean low = place == Place.IN_LOW;
        boolean startsLikeLow = left == 4 ? digit == 0xD : left != 3 || unit >= 0xDC && unit <= 0xDF;
        if (low && !startsLikeLow || !low && left == 3 && unit >= 0xDC && unit <= 0xDF) {
            return REFUSED;
        }
        if (left > 1) {
            return at(place, left - 1, unit);
        }
        return !low && Character.isHighSurrogate((char) unit) ? at(Place.BEFORE_LOW, 0, 0) : at(Place.BETWEEN, 0, 0);
    }

    @Override
    public int shortest() {
        int rest = Math.max(0, least - count) + 1;
        return switch (place) {
            case OUTSIDE, ESCAPED -> 1 + rest;
            case BETWEEN -> rest;
            case IN_SEQUENCE, IN_LOW -> left + rest;
            case IN_UNIT -> left + (mustBePair() ? LOW_UNIT : 0) + rest;
            case BEFORE_LOW -> LOW_UNIT + rest;
            case BEFORE_LOW_U -> LOW_UNIT - 1 + rest;
        };
    }

    /** Whether the digits so far are a high surrogate's. */
    private boolean mustBePair() {
        return left <= 2 && value >>> 4 * (2 - left) >= 0xD8 && value >>> 4 * (2 - left) <= 0xDB;
    }
}
