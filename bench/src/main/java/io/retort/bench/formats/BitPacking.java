package io.retort.bench.formats;

/** Whole numbers in a fixed count of bits each, the highest bit first, padded to whole bytes. */
final class BitPacking {
    private BitPacking() {}

    /** The packed bytes of values below 2 to the power of {@code bits}. */
    static byte[] pack(int[] values, int bits) {
        byte[] packed = new byte[(values.length * bits + 7) / 8];
        int at = 0;
        for (int value : values) {
            for (int bit = bits - 1; bit >= 0; bit--, at++) {
                packed[at >> 3] |= (byte) ((value >>> bit & 1) << (7 - (at & 7)));
            }
        }
        return packed;
    }

    /** The first {@code count} values. */
    static int[] unpack(byte[] packed, int bits, int count) {
        int[] values = new int[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int bit = 0; bit < bits; bit++, at++) {
                values[i] = values[i] << 1 | (packed[at >> 3] >>> (7 - (at & 7)) & 1);
            }
        }
        return values;
    }
}
