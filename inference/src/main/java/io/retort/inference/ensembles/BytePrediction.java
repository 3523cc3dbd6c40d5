package io.retort.inference.ensembles;

import java.util.List;

/**
 * What was foretold of one byte of a text, or of its end, before it was read. Immutable.
 *
 * @param value the unsigned byte that came, or {@link #END}
 * @param logProbability ln p of it in nats; a byte that takes an escape has the sum over the symbols that write it
 * @param likeliest the likeliest bytes at this place, falling: of those that one symbol writes, and the end of the text
 */
public record BytePrediction(int value, double logProbability, List<Candidate> likeliest) {
    /** The value of the end of a text. */
    public static final int END = 256;

    /** The most candidates that can be asked for. */
    public static final int MOST_CANDIDATES = 20;

    public BytePrediction {
        likeliest = List.copyOf(likeliest);
    }

    /** Returns whether this is the end of the text and no byte. */
    public boolean isEnd() {
        return value == END;
    }

    /** A byte, or {@link #END}, that might have come, and ln p of it in nats. */
    public record Candidate(int value, double logProbability) {}
}
