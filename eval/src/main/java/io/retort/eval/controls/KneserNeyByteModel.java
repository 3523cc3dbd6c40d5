package io.retort.eval.controls;

import io.retort.inference.scoring.ScoringModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A byte n-gram model with interpolated Kneser–Ney smoothing: what counting alone reaches in bits a byte.
 *
 * <p>With h the last n − 1 symbols, p(w | h) = max(c(hw) − D, 0) / c(h) + D · T(h) / c(h) · p(w | h without its first
 * symbol), where T(h) is the number of different symbols after h and c counts occurrences at the full order and, below it,
 * different symbols before hw ("A Bit of Progress in Language Modeling", Goodman, 2001, section 2; Kneser and Ney, 1995). An n-gram
 * at the start of a text has nothing before it and keeps its plain count. D = n₁ / (n₁ + 2 n₂) for each order, with n₁ and
 * n₂ the numbers of n-grams of count one and two (Ney, Essen and Kneser, 1994). Below the first order stands the uniform
 * distribution over 257 symbols.
 *
 * <p>Immutable and thread-safe.
 */
public final class KneserNeyByteModel implements ByteModel {
    /** The name its outcomes carry. */
    public static final String NAME = "kneser-ney";

    /** The longest n-gram: six symbols of nine bits and their number fit a 64-bit key. */
    public static final int LARGEST_ORDER = 6;

    private static final double UNIFORM = 1.0 / ByteSymbols.COUNT;

    private final NgramCounts counts;
    private final double[] discounts;
    private final long trainedBytes;

    private KneserNeyByteModel(NgramCounts counts, long trainedBytes) {
        this.counts = counts;
        this.discounts = counts.discounts();
        this.trainedBytes = trainedBytes;
    }

    /**
     * Counts texts of the train split until the budget is spent.
     *
     * @param texts read in order; the text that passes the budget and all after it are left out
     * @param order 1 to {@link #LARGEST_ORDER}
     * @param byteBudget bounds the memory: a byte costs at most {@code order} entries of 12 bytes at a load of one half
     */
    public static KneserNeyByteModel fit(Iterator<String> texts, int order, long byteBudget) {
        if (order < 1 || order > LARGEST_ORDER) {
            throw new IllegalArgumentException("order: expected 1 to " + LARGEST_ORDER + ", found " + order);
        }
        List<byte[]> kept = new ArrayList<>();
        long bytes = 0;
        while (texts.hasNext()) {
            byte[] text = texts.next().getBytes(StandardCharsets.UTF_8);
            if (bytes + text.length > byteBudget) {
                break;
            }
            bytes += text.length;
            kept.add(text);
        }
        return new KneserNeyByteModel(NgramCounts.of(kept, order), bytes);
    }

    /** How many bytes of text were counted. */
    public long trainedBytes() {
        return trainedBytes;
    }

    /** How many different n-grams of all orders are kept. */
    public long entries() {
        return counts.entries();
    }

    public ScoringModel scoring() {
        return new ByteModelScoring(NAME, this);
    }

    @Override
    public double probability(int[] history, int length, int next) {
        double probability = UNIFORM;
        int longest = Math.min(counts.order(), length + 1);
        for (int n = 1; n <= longest; n++) {
            // [n − 1 symbols of history]
            long context = NgramCounts.key(history, length - (n - 1), n - 1);
            long total = counts.total(context);
            if (total == 0) {
                return probability;
            }
            double discount = discounts[n];
            double kept = Math.max(counts.count(NgramCounts.extend(context, next)) - discount, 0);
            probability = (kept + discount * counts.followers(context) * probability) / total;
        }
        return probability;
    }
}
