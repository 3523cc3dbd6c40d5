package io.retort.eval.controls;

import io.retort.inference.scoring.ScoringModel;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * The floor of bits a byte: each byte by its frequency in the train split, whatever came before.
 *
 * <p>Frequencies start from one half, after Krichevsky and Trofimov, so that no byte is impossible. Counts are mergeable and
 * their order does not matter. Not thread-safe; the {@link #scoring} made of it is.
 */
public final class UnigramByteModel implements Serializable {
    /** The name its outcomes carry. */
    public static final String NAME = "unigram";

    private static final long serialVersionUID = 1;
    private static final double PRIOR = 0.5;

    private final long[] counts = new long[ByteSymbols.COUNT];

    /** Adds the text of a document of the train split. */
    public void update(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            counts[b & 0xFF]++;
        }
        counts[ByteSymbols.END]++;
    }

    public void merge(UnigramByteModel other) {
        for (int symbol = 0; symbol < counts.length; symbol++) {
            counts[symbol] += other.counts[symbol];
        }
    }

    /** The model of the counts so far. */
    public ScoringModel scoring() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double[] probabilities = new double[counts.length];
        for (int symbol = 0; symbol < counts.length; symbol++) {
            probabilities[symbol] = (counts[symbol] + PRIOR) / (total + PRIOR * counts.length);
        }
        return new ByteModelScoring(NAME, (history, length, next) -> probabilities[next]);
    }
}
