package io.retort.inference.tensors;

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. Stateless, thread-safe. */
public final class Float16 {
    /** The largest finite value. */
    public static final float MAX_VALUE = 65504f;

    private Float16() {}

    /** Returns the exact value of the half-precision {@code bits}. */
    public static float toFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            // Zero or subnormal: fraction units of 2^-24, which a float holds exactly.
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** Returns the half nearest to {@code value}, ties to even; past {@link #MAX_VALUE} by half a step, an infinity. */
    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude > 0x7F800000) {
            return (short) (sign | 0x7E00);
        }
        if (magnitude >= 0x47800000) {
            // 65536 and above, and infinity itself.
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x38800000) {
            // Below 2^-14, a subnormal half: scaling by 2^24 is exact, and rint rounds ties to even.
            return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24));
        }
        int rebiased = magnitude - ((127 - 15) << 23);
        // Adding half a step less one, plus the lowest kept bit, rounds to nearest even; a carry moves the exponent.
        int rounded = (rebiased + 0xFFF + (rebiased >> 13 & 1)) >> 13;
        return (short) (sign | rounded);
    }
}
