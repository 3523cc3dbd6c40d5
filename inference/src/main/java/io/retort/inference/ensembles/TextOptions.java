package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.MemoryFormat;

/**
 * How long texts may be, and what of them is kept in memory while they are read and written. Immutable, thread-safe.
 *
 * @param maxSymbols of a text, prompt and answer together: one a byte, three for a byte outside printable ASCII, and one for
 *     the start
 * @param longPrompt what becomes of a prompt to answer that is longer; a text to score is refused in any case
 * @param memory format of what grows with the text
 */
public record TextOptions(int maxSymbols, LongPrompt longPrompt, MemoryFormat memory) {
    /** The most that {@code maxSymbols} may be: three times 131,072 and an eighth of it for the answer. */
    public static final int MOST_SYMBOLS = 442_368;

    /** {@link TextModel#MAX_SYMBOLS}, longer ones refused, in 32-bit floats. */
    public static final TextOptions STANDARD =
            new TextOptions(TextModel.MAX_SYMBOLS, LongPrompt.REFUSE, MemoryFormat.F32);

    private static final int LEAST_SYMBOLS = 64;

    /** A sliding window keeps free what the answer may need, but never more than this part of it. */
    private static final int ANSWER_SHARE = 9;

    private static final int SYMBOLS_A_BYTE = 3;

    /** Bytes behind the first of a character in UTF-8, at most. */
    private static final int LONGEST_TAIL = 3;

    public TextOptions {
        if (maxSymbols < LEAST_SYMBOLS || maxSymbols > MOST_SYMBOLS) {
            throw new IllegalArgumentException("expected a longest text of " + LEAST_SYMBOLS + " to " + MOST_SYMBOLS
                    + " symbols, found " + maxSymbols);
        }
    }

    /** The same for texts of another length. */
    public TextOptions upTo(int symbols) {
        return new TextOptions(symbols, longPrompt, memory);
    }

    /** The same with another fate of long prompts. */
    public TextOptions with(LongPrompt other) {
        return new TextOptions(maxSymbols, other, memory);
    }

    /** The same with another format of memory. */
    public TextOptions in(MemoryFormat other) {
        return new TextOptions(maxSymbols, longPrompt, other);
    }

    /**
     * Returns how many of a prompt's first bytes are dropped before it is read: none where it is to be refused, otherwise so
     * many that the rest begins with a whole character and leaves room for the answer.
     *
     * @param answerBytes that the answer may have
     */
    public int dropped(byte[] prompt, int answerBytes) {
        if (longPrompt == LongPrompt.REFUSE) {
            return 0;
        }
        long answer = Math.min((long) SYMBOLS_A_BYTE * answerBytes, maxSymbols / ANSWER_SHARE);
        int room = (int) (maxSymbols - answer - 1);
        int from = prompt.length;
        while (from > 0 && room >= symbols(prompt[from - 1])) {
            room -= symbols(prompt[--from]);
        }
        int cut = from;
        while (from > 0 && from < Math.min(cut + LONGEST_TAIL, prompt.length) && (prompt[from] & 0xC0) == 0x80) {
            from++;
        }
        return from;
    }

    private static int symbols(byte value) {
        return Alphabet.symbolOf(value & 0xFF) == Alphabet.ESCAPE ? SYMBOLS_A_BYTE : 1;
    }
}
