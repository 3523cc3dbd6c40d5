package io.retort.datasets.logits;

import java.util.Arrays;

/**
 * The most likely tokens of a distribution, without sorting the vocabulary: a first pass counts tokens and their
 * probability by ranges of log-probability, which tells how far down a second one has to look. Order is by descending
 * log-probability; of equal ones the lowest id comes first. One instance serves many distributions, one after another;
 * not thread-safe.
 */
final class MostLikelyTokens {
    /** A range has the numbers with the same sign, exponent and first four bits of the significand. */
    private static final int RANGE_BITS = 19;
    /** The first range ends at −1/8, and takes what float noise has put above 0 as well. */
    private static final int FIRST_RANGE = Float.floatToRawIntBits(-0.125f) >>> RANGE_BITS;
    /** The last range begins at −64. */
    private static final int RANGES = (Float.floatToRawIntBits(-64f) >>> RANGE_BITS) - FIRST_RANGE + 1;

    private final int capacity;
    private final int[] counts = new int[RANGES];
    private final double[] masses = new double[RANGES];
    /** Keys of what was looked at in the second pass; the least likely first, so the most likely at {@code end} − 1. */
    private long[] keys;

    private int end;
    private int size;
    private double restMass;
    private double totalMass;
    private boolean finite;

    MostLikelyTokens(int capacity) {
        this.capacity = capacity;
        this.keys = new long[capacity];
    }

    /**
     * Reads one distribution and finds as many of its most likely tokens as there is room for, or all of a smaller
     * vocabulary.
     *
     * @param logProbabilities natural log-probabilities, indexed by token id
     */
    void read(float[] logProbabilities) {
        read(logProbabilities, capacity, Double.POSITIVE_INFINITY);
    }

    /**
     * Reads one distribution and finds its most likely tokens: as many as there is room for, or all; or fewer, but at
     * least {@code minimum} that together have at least {@code mass}.
     *
     * @param logProbabilities natural log-probabilities, indexed by token id
     */
    void read(float[] logProbabilities, int minimum, double mass) {
        clear();
        for (float logProbability : logProbabilities) {
            int range = range(logProbability);
            counts[range]++;
            masses[range] += Exponential.of(logProbability);
        }
        int looked = 0;
        double lookedMass = 0;
        int range = 0;
        while (range < RANGES && looked < capacity && (looked < minimum || lookedMass < mass)) {
            looked += counts[range];
            lookedMass += masses[range++];
        }
        for (int below = range; below < RANGES; below++) {
            restMass += masses[below];
        }
        finite = lookedMass + restMass < Double.POSITIVE_INFINITY && !hasInfinity(logProbabilities);
        if (finite) {
            collect(logProbabilities, range, looked);
            finish();
        }
    }

    /** Whether one is minus infinity; its probability does not tell. */
    private boolean hasInfinity(float[] logProbabilities) {
        if (counts[RANGES - 1] > 0) {
            for (float logProbability : logProbabilities) {
                if (logProbability == Float.NEGATIVE_INFINITY) {
                    return true;
                }
            }
        }
        return false;
    }

    private void collect(float[] logProbabilities, int ranges, int count) {
        if (count > keys.length) {
            keys = new long[Math.max(count, 2 * keys.length)];
        }
        float below =
                ranges == RANGES ? Float.NEGATIVE_INFINITY : Float.intBitsToFloat(FIRST_RANGE + ranges << RANGE_BITS);
        for (int id = 0; id < logProbabilities.length; id++) {
            if (logProbabilities[id] > below) {
                keys[end++] = key(id, logProbabilities[id]);
            }
        }
    }

    /**
     * Reads some tokens of a distribution, in any order.
     *
     * @param ids distinct token ids
     * @param logProbabilities their natural log-probabilities
     */
    void read(int[] ids, float[] logProbabilities) {
        if (ids.length != logProbabilities.length) {
            throw new IllegalArgumentException(
                    "expected " + ids.length + " log-probabilities, found " + logProbabilities.length);
        }
        clear();
        keys = ids.length > keys.length ? new long[ids.length] : keys;
        for (int i = 0; i < ids.length && finite; i++) {
            finite = Float.isFinite(logProbabilities[i]);
            keys[end++] = key(ids[i], logProbabilities[i]);
        }
        if (finite) {
            finish();
        }
    }

    private void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(masses, 0);
        end = 0;
        size = 0;
        restMass = 0;
        totalMass = 0;
        finite = true;
    }

    private void finish() {
        Arrays.sort(keys, 0, end);
        size = Math.min(end, capacity);
        for (int i = 0; i < end - size; i++) {
            restMass += Exponential.of(logProbabilityOf(keys[i]));
        }
        double mass = restMass;
        for (int i = end - size; i < end; i++) {
            mass += Exponential.of(logProbabilityOf(keys[i]));
        }
        totalMass = mass;
    }

    /** Whether every log-probability was a finite number; if not, nothing else can be asked. */
    boolean finite() {
        return finite;
    }

    /** How many were found. */
    int count() {
        return size;
    }

    /** The id of the token of this rank, from 0. */
    int id(int rank) {
        return (int) (0xFFFFFFFFL - (keys[end - 1 - rank] & 0xFFFFFFFFL));
    }

    /** The log-probability of the token of this rank, from 0. */
    float logProbability(int rank) {
        return logProbabilityOf(keys[end - 1 - rank]);
    }

    /** The sum of the probabilities below rank {@code count()}, summed as such: a difference from 1 would lose them. */
    double restMass() {
        return restMass;
    }

    /** The sum of all probabilities. */
    double totalMass() {
        return totalMass;
    }

    /** From 0 for the most likely; bits of negative numbers grow as the numbers fall. */
    private static int range(float logProbability) {
        int range = (Float.floatToRawIntBits(logProbability) >>> RANGE_BITS) - FIRST_RANGE;
        return Math.max(0, Math.min(RANGES - 1, range));
    }

    /** Keys compare as (log-probability, −id). */
    private static long key(int id, float logProbability) {
        int bits = Float.floatToRawIntBits(logProbability + 0.0f); // + 0 makes −0 equal to 0
        int ordered = bits ^ (bits >> 31 & 0x7FFFFFFF);
        return (long) ordered << 32 | 0xFFFFFFFFL - id;
    }

    private static float logProbabilityOf(long key) {
        int ordered = (int) (key >> 32);
        return Float.intBitsToFloat(ordered ^ (ordered >> 31 & 0x7FFFFFFF));
    }
}
