package io.retort.inference.ensembles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.alphabet.SymbolDecoder;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
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

    /**
     * Writes the likeliest symbol after symbol, until the text ends, {@code limits} are reached or the mixture is full;
     * half an escape at the end is dropped.
     */
    public static Generation write(Mixture mixture, GenerationLimits limits, ByteListener listener) {
        SymbolDecoder decoder = new SymbolDecoder();
        byte[] bytes = new byte[Math.min(limits.maxBytes(), 256)];
        int length = 0;
        double logLikelihood = 0;
        while (true) {
            int symbol = mixture.mostLikely(decoder);
            logLikelihood += mixture.logProbability(symbol);
            if (symbol == Alphabet.END) {
                return new Generation(Arrays.copyOf(bytes, length), StopReason.END_OF_TEXT, logLikelihood);
            }
            int value = decoder.accept(symbol);
            if (value >= 0) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(limits.maxBytes(), 2L * length));
                }
                bytes[length++] = (byte) value;
                listener.accept((byte) value);
            }
            if (length == limits.maxBytes() || mixture.position() == mixture.capacity()) {
                StopReason stop = length == limits.maxBytes() ? StopReason.BYTE_LIMIT : StopReason.CONTEXT_LIMIT;
                return new Generation(Arrays.copyOf(bytes, length), stop, logLikelihood);
            }
            mixture.step(symbol);
        }
    }
}
