package io.retort.inference.students;

/**
 * How a student's memory of a text keeps what grows with the text: keys and values of attention. It is a runtime's choice, not
 * a bundle's; a student whose memory does not grow ignores it.
 */
public enum MemoryFormat {
    /** 32-bit floats, as they were computed. */
    F32(Integer.SIZE),
    /** Integers of 16 bits with a 32-bit scale for each head's key and value at a position: finer than half precision. */
    INT16(16),
    /** Integers of 8 bits with a 32-bit scale for each head's key and value at a position. */
    INT8(8);

    private final int bits;

    MemoryFormat(int bits) {
        this.bits = bits;
    }

    /** Bits of a number. */
    public int bits() {
        return bits;
    }
}
