package io.retort.eval.controls;

import java.util.List;

/**
 * The counts of Kneser and Ney: occurrences of the longest n-grams, different predecessors of the shorter ones, and for
 * each context their sum and the number of its followers.
 */
final class NgramCounts {
    private static final int SYMBOL_BITS = 9;
    private static final int LENGTH_SHIFT = 60;
    private static final double FALLBACK_DISCOUNT = 0.5;

    private final int order;
    private final LongCounter ngrams = new LongCounter();
    private final LongCounter totals = new LongCounter();
    private final LongCounter followers = new LongCounter();

    private NgramCounts(int order) {
        this.order = order;
    }

    static NgramCounts of(List<byte[]> texts, int order) {
        NgramCounts counts = new NgramCounts(order);
        texts.forEach(counts::countOccurrences);
        for (int n = order; n > 1; n--) {
            counts.countPredecessors(n);
        }
        counts.ngrams.forEach((key, count) -> {
            long context = withoutLast(key);
            counts.totals.add(context, count);
            counts.followers.add(context, 1);
        });
        return counts;
    }

    /** A key holds one more than the number of its symbols in the top four bits, and below the symbols, the last one lowest. */
    static long key(int[] symbols, int from, int length) {
        long key = 0;
        for (int i = from; i < from + length; i++) {
            key = key << SYMBOL_BITS | symbols[i];
        }
        return tagged(key, length);
    }

    static long extend(long key, int symbol) {
        long symbols = key & ((1L << LENGTH_SHIFT) - 1);
        return tagged(symbols << SYMBOL_BITS | symbol, length(key) + 1);
    }

    int order() {
        return order;
    }

    long entries() {
        return ngrams.size();
    }

    int count(long ngram) {
        return ngrams.count(ngram);
    }

    int total(long context) {
        return totals.count(context);
    }

    int followers(long context) {
        return followers.count(context);
    }

    /** The discount of each order, at its index: n₁ / (n₁ + 2 n₂), or one half where no n-gram occurs once. */
    double[] discounts() {
        long[] once = new long[order + 1];
        long[] twice = new long[order + 1];
        ngrams.forEach((key, count) -> {
            once[length(key)] += count == 1 ? 1 : 0;
            twice[length(key)] += count == 2 ? 1 : 0;
        });
        double[] discounts = new double[order + 1];
        for (int n = 1; n <= order; n++) {
            double estimate = (double) once[n] / (once[n] + 2 * twice[n]);
            discounts[n] = estimate > 0 && estimate < 1 ? estimate : FALLBACK_DISCOUNT;
        }
        return discounts;
    }

    /** The n-grams of the full order, and the shorter ones that begin a text. */
    private void countOccurrences(byte[] text) {
        int[] symbols = new int[text.length + 2];
        symbols[0] = ByteSymbols.END;
        for (int i = 0; i < text.length; i++) {
            symbols[i + 1] = text[i] & 0xFF;
        }
        symbols[text.length + 1] = ByteSymbols.END;
        for (int last = 1; last < symbols.length; last++) {
            int length = Math.min(order, last + 1);
            ngrams.add(key(symbols, last + 1 - length, length), 1);
        }
    }

    /** Each different n-gram is one predecessor of the n-gram that it ends with. */
    private void countPredecessors(int n) {
        LongCounter shorter = new LongCounter();
        ngrams.forEach((key, count) -> {
            if (length(key) == n) {
                shorter.add(withoutFirst(key), 1);
            }
        });
        shorter.forEach(ngrams::add);
    }

    private static int length(long key) {
        return (int) (key >>> LENGTH_SHIFT) - 1;
    }

    /** Never zero, which {@link LongCounter} keeps for empty slots. */
    private static long tagged(long symbols, int length) {
        return symbols | (length + 1L) << LENGTH_SHIFT;
    }

    private static long withoutLast(long key) {
        long symbols = (key & ((1L << LENGTH_SHIFT) - 1)) >>> SYMBOL_BITS;
        return tagged(symbols, length(key) - 1);
    }

    private static long withoutFirst(long key) {
        int length = length(key) - 1;
        long symbols = key & ((1L << (SYMBOL_BITS * length)) - 1);
        return tagged(symbols, length);
    }
}
