package io.retort.bench.formats;

/** Floats of sixteen bits: IEEE 754 half precision and bfloat16, both rounded to nearest, ties to even. */
final class ShortFloats {
    private ShortFloats() {}

    /** The bfloat16 nearest to a finite value. */
    static short toBfloat16(double value) {
        int bits = Float.floatToRawIntBits((float) value);
        return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }

    /** The value of a bfloat16. */
    static float ofBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The half nearest to a value of at most 65504 in size. */
    static short toHalf(double value) {
        double magnitude = Math.abs(value);
        if (magnitude > 65504) {
            throw new IllegalArgumentException("expected a value that half precision has, found " + value);
        }
        // The spacing of halves is 2^-24 below 2^-14, and 2^(e-10) from 2^e on.
        int exponent = Math.max(-14, magnitude == 0 ? -14 : Math.getExponent(magnitude));
        long units = (long) Math.rint(Math.scalb(magnitude, 10 - exponent));
        // In units of the spacing a half's bits are (exponent + 14) * 1024 + units; a carry moves into the exponent.
        long bits = (exponent + 14) * 1024L + units;
        return (short) (bits | (value < 0 ? 0x8000 : 0));
    }

    /** The value of a half. */
    static float ofHalf(short bits) {
        int exponent = bits >>> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude = exponent == 0
                ? Math.scalb((float) fraction, -24)
                : Math.scalb((float) (1024 + fraction), exponent - 25);
        return bits < 0 ? -magnitude : magnitude;
    }
}
