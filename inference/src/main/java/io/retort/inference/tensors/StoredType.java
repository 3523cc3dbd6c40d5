package io.retort.inference.tensors;

/** How an element is stored in a file. */
public enum StoredType {
    /** IEEE 754 binary32. */
    F32(4),
    /** IEEE 754 binary16. */
    F16(2),
    /** The upper half of a binary32; read, never written. */
    BF16(2),
    /** An integer of −127 to 127 times a scale of its row or column: see {@link ScaledIntegers}. */
    INT8(1);

    private final int bytes;

    StoredType(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of an element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Returns the name that safetensors has for it. */
    String dtype() {
        return this == INT8 ? "I8" : name();
    }

    /** Returns the element whose little-endian bytes start at {@code offset}. */
    float decode(byte[] data, int offset) {
        if (this == INT8) {
            return data[offset];
        }
        int low = data[offset] & 0xFF | (data[offset + 1] & 0xFF) << 8;
        return switch (this) {
            case F32 -> Float.intBitsToFloat(low | (data[offset + 2] & 0xFF) << 16 | (data[offset + 3] & 0xFF) << 24);
            case F16 -> Float16.toFloat((short) low);
            case BF16 -> Float.intBitsToFloat(low << 16);
            case INT8 -> data[offset];
        };
    }
}
