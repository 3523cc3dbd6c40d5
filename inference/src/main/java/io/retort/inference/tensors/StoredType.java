package io.retort.inference.tensors;

/** How an element is stored in a file. */
public enum StoredType {
    /** IEEE 754 binary32. */
    F32(4),
    /** IEEE 754 binary16. */
    F16(2),
    /** The upper half of a binary32; read, never written. */
    BF16(2);

    private final int bytes;

    StoredType(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of an element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Returns the element whose little-endian bytes start at {@code offset}. */
    float decode(byte[] data, int offset) {
        int low = data[offset] & 0xFF | (data[offset + 1] & 0xFF) << 8;
        return switch (this) {
            case F32 -> Float.intBitsToFloat(low | (data[offset + 2] & 0xFF) << 16 | (data[offset + 3] & 0xFF) << 24);
            case F16 -> Float16.toFloat((short) low);
            case BF16 -> Float.intBitsToFloat(low << 16);
        };
    }
}
