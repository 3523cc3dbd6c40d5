package io.retort.inference.alphabet;

/**
 * Turns symbols into bytes as they come, and says which symbols may come next. Holds the state of one text: not
 * thread-safe.
 */
public final class SymbolDecoder {
    private static final int OUTSIDE = -2;
    private static final int AFTER_ESCAPE = -1;

    /** OUTSIDE, AFTER_ESCAPE, or the value 0 to 15 of the first hexadecimal digit. */
    private int state = OUTSIDE;

    /** A decoder at the start of a text. */
    public SymbolDecoder() {}

    /** Returns whether {@code symbol} may come next: inside an escape only digits may, outside any symbol. */
    public boolean allows(int symbol) {
        if (insideEscape()) {
            return Alphabet.hexValueOf(symbol) >= 0;
        }
        return symbol >= 0 && symbol < Alphabet.SIZE;
    }

    /**
     * Takes the next symbol; returns the unsigned byte value that it completes, or -1 where it completes none (an escape
     * that has begun, or END).
     *
     * @throws IllegalArgumentException where {@link #allows} is false
     */
    public int accept(int symbol) {
        if (!allows(symbol)) {
            throw new IllegalArgumentException("expected " + expectation() + ", found symbol " + symbol);
        }
        if (state == AFTER_ESCAPE) {
            state = Alphabet.hexValueOf(symbol);
            return -1;
        }
        if (state >= 0) {
            int value = state << 4 | Alphabet.hexValueOf(symbol);
            state = OUTSIDE;
            return value;
        }
        if (symbol == Alphabet.ESCAPE) {
            state = AFTER_ESCAPE;
        }
        return Alphabet.byteOf(symbol);
    }

    /** Returns whether an escape has begun and is not complete. */
    public boolean insideEscape() {
        return state != OUTSIDE;
    }

    String expectation() {
        return insideEscape() ? "a hexadecimal digit's symbol" : "a symbol of 0 to " + (Alphabet.SIZE - 1) + " but END";
    }
}
