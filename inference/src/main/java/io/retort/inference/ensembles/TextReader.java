package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Ending;

/** What can be done with a mixture in bytes: begin a text, score how it goes on. How it is gone on
 * with is {@link TextWriting}. Stateless. */
public final class TextReader {
    private TextReader() {}

    /** Returns how many symbols {@link #begin} reads of {@code context}: one each, three where it is escaped, one more. */
    public static int symbolsOf(byte[] context) {
        return 1 + Alphabet.encodedLength(context);
    }

    /** Reads the start of the text and {@code context}; afterwards the mixture predicts what follows it. */
    public static void begin(Mixture mixture, byte[] context) {
        int[] symbols = Alphabet.encode(context);
        int last = Alphabet.END;
        for (int symbol : symbols) {
            mixture.prefill(last);
            last = symbol;
        }
        mixture.step(last);
    }

    /**
     * Returns the log-probability in nats of {@code continuation}, and of the end of the text behind it where {@code
     * ending} says so. Reads the continuation, but for its last symbol where nothing follows.
     */
    public static double score(Mixture mixture, byte[] continuation, Ending ending) {
        int[] symbols = Alphabet.encode(continuation);
        double sum = 0;
        for (int i = 0; i < symbols.length; i++) {
            sum += mixture.logProbability(symbols[i]);
            if (i < symbols.length - 1 || ending == Ending.END) {
                mixture.step(symbols[i]);
            }
        }
        return ending == Ending.END ? sum + mixture.logProbability(Alphabet.END) : sum;
    }
}
