package io.retort.inference.schemas;

import io.retort.inference.constraints.TextState;

/**
 * A number as RFC 8259, section 6, has it, with at most {@value #MOST_DIGITS} digits before and as many behind the point and
 * {@value #MOST_EXPONENT} in the exponent: all of them are finite doubles.
 *
 * @param place within the number
 * @param digits written in this part of it
 */
record NumberText(Place place, int digits) implements TextState {
    static final int MOST_DIGITS = 15;
    static final int MOST_EXPONENT = 2;

    static final NumberText START = new NumberText(Place.START, 0);

    private enum Place {
        START,
        SIGN,
        ZERO,
        WHOLE,
        POINT,
        FRACTION,
        EXPONENT,
        EXPONENT_SIGN,
        EXPONENT_DIGITS
    }

    @Override
    public TextState next(int b) {
        boolean digit = b >= '0' && b <= '9';
        return switch (place) {
            case START -> b == '-' ? new NumberText(Place.SIGN, 0) : whole(b, digit);
            case SIGN -> whole(b, digit);
            case ZERO -> behindWhole(b);
            case WHOLE -> digit ? more(Place.WHOLE, MOST_DIGITS) : behindWhole(b);
            case POINT -> digit ? new NumberText(Place.FRACTION, 1) : REFUSED;
            case FRACTION -> digit ? more(Place.FRACTION, MOST_DIGITS) : behindFraction(b);
            case EXPONENT ->
                b == '+' || b == '-'
                        ? new NumberText(Place.EXPONENT_SIGN, 0)
                        : digit ? new NumberText(Place.EXPONENT_DIGITS, 1) : REFUSED;
            case EXPONENT_SIGN -> digit ? new NumberText(Place.EXPONENT_DIGITS, 1) : REFUSED;
            case EXPONENT_DIGITS -> digit ? more(Place.EXPONENT_DIGITS, MOST_EXPONENT) : REFUSED;
        };
    }

    private static TextState whole(int b, boolean digit) {
        return digit ? new NumberText(b == '0' ? Place.ZERO : Place.WHOLE, 1) : REFUSED;
    }

    private static TextState behindWhole(int b) {
        return b == '.' ? new NumberText(Place.POINT, 0) : behindFraction(b);
    }

    private static TextState behindFraction(int b) {
        return b == 'e' || b == 'E' ? new NumberText(Place.EXPONENT, 0) : REFUSED;
    }

    private TextState more(Place same, int most) {
        return digits < most ? new NumberText(same, digits + 1) : REFUSED;
    }

    @Override
    public int shortest() {
        return switch (place) {
            case START, SIGN, POINT, EXPONENT, EXPONENT_SIGN -> 1;
            case ZERO, WHOLE, FRACTION, EXPONENT_DIGITS -> 0;
        };
    }
}
