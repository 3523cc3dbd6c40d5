package io.retort.inference;

import io.retort.inference.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads numbers, high byte first, and texts off an array, and says where one is missing. For one thread. */
final class SavedBytes {
    private final byte[] bytes;
    private final int end;
    private int at;

    /** Reads from {@code at} to before {@code end}. */
    SavedBytes(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    int unsigned(int width, String what) {
        return (int) number(width, what);
    }

    double real(String what) {
        double value = Double.longBitsToDouble(number(Double.BYTES, what));
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new SavedSessionException("expected a finite number as " + what + ", found " + value);
        }
        return value;
    }

    /** A text behind its length in two bytes. */
    String text(String what) {
        byte[] utf8 = bytes(unsigned(Short.BYTES, "the length of " + what), what);
        if (Utf8.firstInvalid(utf8) >= 0) {
            throw new SavedSessionException(
                    "expected UTF-8 as " + what + ", found an invalid byte at " + Utf8.firstInvalid(utf8));
        }
        return new String(utf8, StandardCharsets.UTF_8);
    }

    byte[] bytes(int length, String what) {
        require(length, what);
        byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return taken;
    }

    void requireEnd() {
        if (at != end) {
            throw new SavedSessionException(
                    "expected the end of a saved session, found " + (end - at) + " bytes behind it");
        }
    }

    private long number(int width, String what) {
        require(width, what);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | bytes[at++] & 0xFF;
        }
        return value;
    }

    private void require(int length, String what) {
        if (length < 0 || length > end - at) {
            throw new SavedSessionException(
                    "expected " + length + " bytes of " + what + " at offset " + at + ", found " + (end - at));
        }
    }
}
