package io.retort.inference.students;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import java.util.Arrays;

/**
 * Keys and values as integers of 8 or 16 bits times a scale, each of a head and position its own.
 *
 * <p>Numbers are packed into words in the order in which they are read: a span of positions is cut into stripes of {@value
 * #STRIPE}, and a word holds the same channel of the same place in each stripe. So a stripe is unpacked by one long loop over
 * consecutive words of the size of a float ({@link Kernels#unpack}), and spans are where they are whatever was read at once. Scales are applied to scores and
 * weights, of which there is one a position, not to channels.
 */
final class PackedKeyValues implements KeyValues {
    private static final int STRIPE = 64;

    /** Headers of its arrays and small objects, in bytes. */
    private static final int OBJECTS = 400;

    private final MemoryFormat format;
    private final Heads heads;
    private final int capacity;
    private final int span; // positions of a word's stripes
    private final int[] keys; // [heads, spans, head's width, STRIPE] words
    private final int[] values; // [heads, spans, STRIPE, head's width] words
    private final float[] keyScales; // [heads, capacity]
    private final float[] valueScales; // [heads, capacity]

    // What was unpacked last, and products with it: nobody relies on their content.
    private final float[] unpacked; // a span of one head
    private final Block[] keyStripes; // of the span, each [head's width, STRIPE]
    private final Block valueRows; // of the span, [span, head's width]
    private final Block products; // [rows, STRIPE]
    private final Block scaled; // [rows, span]
    private final Block mixed; // [rows, head's width]

    /** A memory of no position. In a method of its own, which builds for browsers that have 32 bits alone leave out. */
    static KeyValues of(MemoryFormat format, KeyValues.Heads heads, int capacity) {
        return new PackedKeyValues(format, heads, capacity);
    }

    PackedKeyValues(MemoryFormat format, Heads heads, int capacity) {
        this(
                format,
                heads,
                capacity,
                new int[][] {new int[words(format, heads, capacity)], new int[words(format, heads, capacity)]},
                new float[][] {new float[heads.count() * capacity], new float[heads.count() * capacity]});
    }

    private PackedKeyValues(MemoryFormat format, Heads heads, int capacity, int[][] words, float[][] scales) {
        this.format = format;
        this.heads = heads;
        this.capacity = capacity;
        span = span(format);
        keys = words[0];
        values = words[1];
        keyScales = scales[0];
        valueScales = scales[1];
        unpacked = new float[span * heads.width() + Kernels.LANES];
        keyStripes = new Block[span / STRIPE];
        for (int stripe = 0; stripe < keyStripes.length; stripe++) {
            keyStripes[stripe] = new Block(unpacked, stripe * STRIPE * heads.width(), STRIPE);
        }
        valueRows = new Block(unpacked, 0, heads.width());
        products = Block.zeros(Scratch.MOST_SCORED_ROWS, STRIPE);
        scaled = Block.zeros(Scratch.MOST_SCORED_ROWS, span);
        mixed = Block.zeros(Scratch.MOST_SCORED_ROWS, heads.width());
    }

    private static int span(MemoryFormat format) {
        return Integer.SIZE / format.bits() * STRIPE;
    }

    private static int words(MemoryFormat format, Heads heads, int capacity) {
        int spans = (capacity + span(format) - 1) / span(format);
        return heads.channels() * spans * STRIPE;
    }

    static long bytes(MemoryFormat format, Heads heads, int capacity) {
        int span = span(format);
        long scratch = (long) span * heads.width()
                + Kernels.LANES
                + (long) Scratch.MOST_SCORED_ROWS * (STRIPE + span + Kernels.padded(heads.width()));
        long words = words(format, heads, capacity);
        return 4 * (2 * words + 2L * heads.count() * capacity + scratch) + OBJECTS;
    }

    @Override
    public void put(int position, float[] keyAndValue, int from) {
        int width = heads.width();
        int place = position % STRIPE;
        int bit = position % span / STRIPE * format.bits();
        for (int head = 0; head < heads.count(); head++) {
            int first = firstWord(head, position);
            int key = from + head * width;
            pack(keyAndValue, key, keys, first + place, STRIPE, bit, keyScales, head * capacity + position);
            int value = key + heads.channels();
            pack(keyAndValue, value, values, first + place * width, 1, bit, valueScales, head * capacity + position);
        }
    }

    /** Index of the first word of a head's span that a position is in. */
    private int firstWord(int head, int position) {
        int spans = words(format, heads, capacity) / (heads.channels() * STRIPE);
        return (head * spans + position / span) * STRIPE * heads.width();
    }

    /** Rounds a head's channels to integers times a scale and writes them into their bits of every {@code step}th word. */
    private void pack(float[] numbers, int from, int[] words, int to, int step, int bit, float[] scales, int scale) {
        float largest = 0;
        for (int c = 0; c < heads.width(); c++) {
            largest = Math.max(largest, Math.abs(numbers[from + c]));
        }
        int limit = (1 << (format.bits() - 1)) - 1;
        int mask = (1 << format.bits()) - 1;
        // What is not finite has a scale that is not either, and so is seen in every score.
        scales[scale] = largest / limit;
        float inverse = largest == 0 ? 0 : limit / largest;
        for (int c = 0; c < heads.width(); c++) {
            int word = to + c * step;
            int rounded = Math.round(numbers[from + c] * inverse);
            words[word] = words[word] & ~(mask << bit) | (rounded & mask) << bit;
        }
    }

    @Override
    public void score(Kernels kernels, int head, Block queries, Block scores, int rows, int positions) {
        for (int begin = 0; begin < positions; begin += span) {
            int end = Math.min(begin + span, positions);
            unpack(kernels, keys, firstWord(head, begin), end - begin);
            for (int first = begin; first < end; first += STRIPE) {
                int count = Math.min(STRIPE, end - first);
                Block stripe = keyStripes[(first - begin) / STRIPE];
                kernels.multiply(queries, stripe, products, rows, heads.width(), count);
                for (int row = 0; row < rows; row++) {
                    multiply(
                            products.values(),
                            products.row(row),
                            keyScales,
                            head * capacity + first,
                            scores.values(),
                            scores.row(row) + first,
                            count);
                }
            }
        }
    }

    @Override
    public void mix(Kernels kernels, int head, Block weights, Block out, int rows, int positions) {
        for (int row = 0; row < rows; row++) {
            int to = out.row(row);
            Arrays.fill(out.values(), to, to + heads.width(), 0);
        }
        for (int begin = 0; begin < positions; begin += span) {
            int count = Math.min(span, positions - begin);
            unpack(kernels, values, firstWord(head, begin), count);
            for (int row = 0; row < rows; row++) {
                multiply(
                        weights.values(),
                        weights.row(row) + begin,
                        valueScales,
                        head * capacity + begin,
                        scaled.values(),
                        scaled.row(row),
                        count);
            }
            kernels.mix(scaled, valueRows, mixed, rows, count, heads.width());
            for (int row = 0; row < rows; row++) {
                int to = out.row(row);
                int at = mixed.row(row);
                for (int c = 0; c < heads.width(); c++) {
                    out.values()[to + c] += mixed.values()[at + c];
                }
            }
        }
    }

    /** Leaves the stripes of a span in which its first {@code count} positions are in {@link #unpacked}. */
    private void unpack(Kernels kernels, int[] words, int from, int count) {
        int bits = format.bits();
        int numbers = STRIPE * heads.width();
        for (int stripe = 0; stripe * STRIPE < count; stripe++) {
            int left = Integer.SIZE - bits * (stripe + 1);
            kernels.unpack(words, from, left, Integer.SIZE - bits, unpacked, stripe * numbers, numbers);
        }
    }

    private static void multiply(float[] x, int atX, float[] y, int atY, float[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = x[atX + i] * y[atY + i];
        }
    }

    @Override
    public KeyValues copy() {
        return new PackedKeyValues(format, heads, capacity, new int[][] {keys.clone(), values.clone()}, new float[][] {
            keyScales.clone(), valueScales.clone()
        });
    }

    @Override
    public long bytes() {
        return 4L * (keys.length + values.length + keyScales.length + valueScales.length + unpacked.length)
                + 4L * (products.values().length + scaled.values().length + mixed.values().length);
    }
}
