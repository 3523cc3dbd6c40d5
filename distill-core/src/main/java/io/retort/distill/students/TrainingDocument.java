package io.retort.distill.students;

import io.retort.inference.alphabet.Alphabet;
import java.util.Arrays;

/**
 * A text to learn from: its symbols without END, how many of them are a prompt, and what a teacher expects. Position i is
 * the prediction of symbol i, and position {@code symbols.length} that of END. The array is not copied.
 */
public record TrainingDocument(int[] symbols, int promptSymbols, SoftTargets teacher) {
    public TrainingDocument {
        if (promptSymbols < 0 || promptSymbols > symbols.length) {
            throw new IllegalArgumentException(
                    "expected a prompt of 0 to " + symbols.length + " symbols, found " + promptSymbols);
        }
        for (int symbol : symbols) {
            if (symbol < 0 || symbol == Alphabet.END || symbol >= Alphabet.SIZE) {
                throw new IllegalArgumentException("expected symbols other than END, found " + symbol);
            }
        }
    }

    /** A text without a teacher: its first {@code promptBytes} bytes are the prompt. */
    public static TrainingDocument of(byte[] text, int promptBytes) {
        if (promptBytes < 0 || promptBytes > text.length) {
            throw new IllegalArgumentException(
                    "expected a prompt of 0 to " + text.length + " bytes, found " + promptBytes);
        }
        int promptSymbols = Alphabet.encodedLength(Arrays.copyOf(text, promptBytes));
        return new TrainingDocument(Alphabet.encode(text), promptSymbols, SoftTargets.NONE);
    }

    /** Number of predictions: one a symbol, and END. */
    public int positions() {
        return symbols.length + 1;
    }

    /** The symbol read before a position is predicted; END starts a text. */
    int read(int position) {
        return position == 0 ? Alphabet.END : symbols[position - 1];
    }

    /** The symbol to be predicted at a position. */
    int expected(int position) {
        return position == symbols.length ? Alphabet.END : symbols[position];
    }
}
