package io.retort.inference.text;

import java.nio.charset.StandardCharsets;

/** Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. Stateless, thread-safe. */
public final class Utf8 {
    private Utf8() {}

    /** Returns the offset of the first byte that cannot be part of valid UTF-8, or -1 where all of {@code bytes} is valid. */
    public static int firstInvalid(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int length = sequenceLength(bytes, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /**
     * Decodes bytes that must be valid UTF-8.
     *
     * @throws IllegalArgumentException with the offset of the first invalid byte
     */
    public static String decode(byte[] bytes) {
        int invalid = firstInvalid(bytes);
        if (invalid >= 0) {
            throw new IllegalArgumentException("expected UTF-8, found byte 0x" + hex(bytes[invalid]) + " at offset "
                    + invalid + " of " + bytes.length);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Length of the sequence that starts at {@code at}, or 0 where none does (RFC 3629, section 4). */
    private static int sequenceLength(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        int length = sequenceLength(first);
        if (length < 2) {
            return length;
        }
        if (at + length > bytes.length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        if (second < lowestSecond(first) || second > highestSecond(first)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Returns how many bytes the sequence has that begins with {@code first} of 0 to 255, or 0 where none does. */
    public static int sequenceLength(int first) {
        if (first < 0x80) {
            return 1;
        }
        return first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    }

    // The second byte's range is what excludes overlong forms, surrogates and code points past U+10FFFF.

    /** Returns the lowest byte that may follow {@code first}, which begins a sequence of more than one. */
    public static int lowestSecond(int first) {
        return first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    }

    /** Returns the highest byte that may follow {@code first}, which begins a sequence of more than one. */
    public static int highestSecond(int first) {
        return first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    }

    private static String hex(byte value) {
        String digits = Integer.toHexString(value & 0xFF);
        return digits.length() == 1 ? "0" + digits : digits;
    }
}
