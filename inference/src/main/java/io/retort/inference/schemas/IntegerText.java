package io.retort.inference.schemas;

import io.retort.inference.constraints.TextState;

/**
 * An integer within bounds as it is written: no leading zero, no fraction, no exponent, never -0. A digit is allowed where more
 * digits can lead to an integer within the bounds.
 *
 * @param least of the magnitudes that are allowed; above the most where there is none
 * @param most of the magnitudes
 * @param digits that are written
 * @param value of these
 */
record IntegerText(long least, long most, int digits, long value) implements TextState {
    /** The start of an integer of {@code least} to {@code most}. */
    record Start(long least, long most) implements TextState {
        @Override
        public TextState next(int b) {
            return b == '-' ? possible(negative()) : positive().next(b);
        }

        @Override
        public int shortest() {
            int below = negative().shortest();
            return Math.min(positive().shortest(), below == UNREACHABLE ? below : 1 + below);
        }

        private IntegerText positive() {
            return new IntegerText(Math.max(0, least), most, 0, 0);
        }

        private IntegerText negative() {
            return new IntegerText(Math.max(1, -most), -least, 0, 0);
        }
    }

    private static TextState possible(IntegerText text) {
        return text.shortest() == UNREACHABLE ? REFUSED : text;
    }

    @Override
    public TextState next(int b) {
        if (b < '0' || b > '9' || digits > 0 && value == 0) {
            return REFUSED;
        }
        return value > most / 10 ? REFUSED : possible(new IntegerText(least, most, digits + 1, 10 * value + b - '0'));
    }

    @Override
    public int shortest() {
        if (least > most) {
            return UNREACHABLE;
        }
        if (digits == 0) {
            return Long.toString(least).length();
        }
        // With n more digits the value lies in [low, high], which are value·10ⁿ and that plus 10ⁿ - 1.
        long low = value;
        long high = value;
        for (int more = 0; low <= most; more++) {
            if (high >= least) {
                return more;
            }
            if (value == 0) {
                break;
            }
            low *= 10;
            high = 10 * high + 9;
        }
        return UNREACHABLE;
    }
}
