package io.retort.inference.alphabet;

import java.util.Arrays;

/**
 * The symbols that students read and write: printable ASCII in order (0 to 94 stand for bytes 0x20 to 0x7E), newline,
 * an escape and the end of the text.
 *
 * <p>A byte outside printable ASCII and newline is written as {@link #ESCAPE} followed by its two lower-case hexadecimal
 * digits, as their printable symbols, so any bytes go through and come back. Stateless, thread-safe.
 */
public final class Alphabet {
    /** Number of symbols. */
    public static final int SIZE = 98;
    /** The line feed, byte 0x0A. */
    public static final int NEWLINE = 95;
    /** Announces two hexadecimal digits that stand for one byte. */
    public static final int ESCAPE = 96;
    /** Ends a text; as the first input of a student it also starts one. */
    public static final int END = 97;

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7E;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Alphabet() {}

    /** The symbols of a text from its start: {@link #END}, which starts a text as it ends one, then those of the bytes. */
    public static int[] begin(byte[] bytes) {
        int[] symbols = encode(bytes);
        int[] text = new int[symbols.length + 1];
        text[0] = END;
        System.arraycopy(symbols, 0, text, 1, symbols.length);
        return text;
    }

    /** Returns the symbols of {@code bytes}: one a byte, three where it has to be escaped; no {@link #END}. */
    public static int[] encode(byte[] bytes) {
        int[] symbols = new int[encodedLength(bytes)];
        int at = 0;
        for (byte b : bytes) {
            int plain = symbolOf(b & 0xFF);
            if (plain != ESCAPE) {
                symbols[at++] = plain;
            } else {
                symbols[at++] = ESCAPE;
                symbols[at++] = HEX[(b >> 4) & 0xF] - FIRST_PRINTABLE;
                symbols[at++] = HEX[b & 0xF] - FIRST_PRINTABLE;
            }
        }
        return symbols;
    }

    /** Returns how many symbols {@link #encode} gives for {@code bytes}. */
    public static int encodedLength(byte[] bytes) {
        int length = 0;
        for (byte b : bytes) {
            length += symbolOf(b & 0xFF) == ESCAPE ? 3 : 1;
        }
        return length;
    }

    /**
     * Returns the bytes of complete, valid symbols without {@link #END}.
     *
     * @throws IllegalArgumentException at a symbol outside the alphabet, an END, a malformed or an unfinished escape
     */
    public static byte[] decode(int[] symbols) {
        SymbolDecoder decoder = new SymbolDecoder();
        byte[] bytes = new byte[symbols.length];
        int length = 0;
        for (int i = 0; i < symbols.length; i++) {
            if (symbols[i] == END || !decoder.allows(symbols[i])) {
                throw new IllegalArgumentException("expected " + decoder.expectation() + ", found symbol " + symbols[i]
                        + " at position " + i + " of " + symbols.length);
            }
            int value = decoder.accept(symbols[i]);
            if (value >= 0) {
                bytes[length++] = (byte) value;
            }
        }
        if (decoder.insideEscape()) {
            throw new IllegalArgumentException(
                    "expected " + decoder.expectation() + ", found the end of " + symbols.length + " symbols");
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Returns the one symbol of an unsigned byte value, or {@link #ESCAPE} where it takes an escape. */
    public static int symbolOf(int value) {
        if (value >= FIRST_PRINTABLE && value <= LAST_PRINTABLE) {
            return value - FIRST_PRINTABLE;
        }
        return value == '\n' ? NEWLINE : ESCAPE;
    }

    /** Returns the unsigned byte value of a symbol that stands for one byte alone, or -1 for ESCAPE, END and others. */
    public static int byteOf(int symbol) {
        if (symbol >= 0 && symbol < NEWLINE) {
            return symbol + FIRST_PRINTABLE;
        }
        return symbol == NEWLINE ? '\n' : -1;
    }

    /** Returns the value of a symbol that is a lower-case hexadecimal digit, or -1. */
    public static int hexValueOf(int symbol) {
        int value = byteOf(symbol);
        if (value >= '0' && value <= '9') {
            return value - '0';
        }
        return value >= 'a' && value <= 'f' ? value - 'a' + 10 : -1;
    }
}
