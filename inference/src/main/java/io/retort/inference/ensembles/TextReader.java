package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.StopReason;
import java.util.Arrays;

/** What can be done with a mixture in bytes: begin a text, score how it goes on, write how it goes on. Stateless. */
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

    /**
     * Writes symbol after symbol, until the text ends, one of the texts to stop at was written, limits are reached, the
     * listener wants no more or the mixture is full; half an escape at the end is dropped. A
     * constraint is kept to all along; a text that has met it where a limit is reached ended by itself.
     *
     * @return with the log-likelihood of all that was written, a text to stop at included
     */
    public static Generation write(Mixture mixture, GenerationOptions options, ByteListener listener) {
        AllowedSymbols allowed = new AllowedSymbols(options.constraint());
        SymbolChoice choice = new SymbolChoice(options.sampling(), options.seed());
        Answering answer = new Answering(options, listener);
        double logLikelihood = 0;
        StopReason stop = null;
        while (stop == null) {
            allowed.limit(answer.room(), mixture.capacity() - mixture.position() + 1);
            int symbol = choice.next(mixture, allowed);
            logLikelihood += mixture.logProbability(symbol);
            int value = symbol == Alphabet.END ? -1 : allowed.accept(symbol);
            if (symbol == Alphabet.END) {
                stop = answer.finish(StopReason.END_OF_TEXT);
            } else if (value >= 0) {
                stop = answer.accept(value, allowed);
            }
            if (stop == null && mixture.position() == mixture.capacity()) {
                stop = answer.finish(allowed.whole() ? StopReason.END_OF_TEXT : StopReason.CONTEXT_LIMIT);
            }
            if (stop == null) {
                mixture.step(symbol);
            }
        }
        return new Generation(answer.bytes(), stop, logLikelihood);
    }
}
