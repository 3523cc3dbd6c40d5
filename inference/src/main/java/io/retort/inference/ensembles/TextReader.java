package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.alphabet.SymbolDecoder;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.StopReason;

/** What can be done with a mixture in bytes: begin a text, score how it goes on, write how it goes on. Stateless. */
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

    /** Reads all of {@code text} by steps under the eyes of {@code watcher}. */
    static void read(Mixture mixture, byte[] text, SymbolWatcher watcher) {
        for (int symbol : Alphabet.encode(text)) {
            watcher.next(mixture, symbol);
            mixture.step(symbol);
        }
    }

    /**
     * Writes symbol after symbol, until the text ends, one of the texts to stop at was written, limits are reached, the
     * listener wants no more or the mixture is full; half an escape at the end is dropped.
     *
     * @return with the log-likelihood of all that was written, a text to stop at included
     */
    public static Generation write(Mixture mixture, GenerationOptions options, ByteListener listener) {
        return write(mixture, options, listener, SymbolWatcher.NONE);
    }

    /** Writes as {@link #write(Mixture, GenerationOptions, ByteListener)} does under the eyes of {@code watcher}. */
    static Generation write(Mixture mixture, GenerationOptions options, ByteListener listener, SymbolWatcher watcher) {
        SymbolDecoder decoder = new SymbolDecoder();
        SymbolChoice choice = new SymbolChoice(options.sampling(), options.seed());
        Answering answer = new Answering(options, listener);
        double logLikelihood = 0;
        StopReason stop = null;
        while (stop == null) {
            int symbol = choice.next(mixture, decoder);
            logLikelihood += mixture.logProbability(symbol);
            watcher.next(mixture, symbol);
            int value = symbol == Alphabet.END ? -1 : decoder.accept(symbol);
            if (symbol == Alphabet.END) {
                stop = answer.finish(StopReason.END_OF_TEXT);
            } else if (value >= 0) {
                stop = answer.accept(value);
            }
            if (stop == null && mixture.position() == mixture.capacity()) {
                stop = answer.finish(StopReason.CONTEXT_LIMIT);
            }
            if (stop == null) {
                mixture.step(symbol);
            }
        }
        return new Generation(answer.bytes(), stop, logLikelihood);
    }
}
