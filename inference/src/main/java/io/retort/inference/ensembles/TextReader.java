package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Ending;
import java.util.Arrays;

/** How texts are read with a mixture: begun, and scored as they go on. {@link TextWriting} writes. Stateless. */
public final class TextReader {
    private TextReader() {}

    /** Returns how many symbols {@link #begin} reads of {@code context}: one each, three where it is escaped, one more. */
    public static int symbolsOf(byte[] context) {
        return 1 + Alphabet.encodedLength(context);
    }

    /** Reads the start of the text and {@code context}; afterwards the mixture predicts what follows it. */
    public static void begin(Mixture mixture, byte[] context) {
        int[] symbols = Alphabet.begin(context);
        mixture.prefill(symbols, 0, symbols.length - 1);
        mixture.step(symbols[symbols.length - 1]);
    }

    /**
     * Returns the log-probability in nats of {@code continuation}, and of the end of the text behind it where {@code
     * ending} says so. Reads the continuation, but for its last symbol where nothing follows.
     */
    public static double score(Mixture mixture, byte[] continuation, Ending ending) {
        int[] symbols = Alphabet.encode(continuation);
        if (ending == Ending.OPEN) {
            return mixture.score(symbols, 0, symbols.length);
        }
        int[] ended = Arrays.copyOf(symbols, symbols.length + 1);
        ended[symbols.length] = Alphabet.END;
        return mixture.score(ended, 0, ended.length);
    }

    /** Reads all of {@code text} under the eyes of {@code watcher}. */
    static void read(Mixture mixture, byte[] text, SymbolWatcher watcher) {
        int[] symbols = Alphabet.encode(text);
        if (symbols.length == 0) {
            return;
        }
        watcher.next(mixture, symbols[0]);
        mixture.readAll(symbols, 0, symbols.length, i -> {
            if (i + 1 < symbols.length) {
                watcher.next(mixture, symbols[i + 1]);
            }
        });
    }
}
