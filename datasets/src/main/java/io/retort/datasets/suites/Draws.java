package io.retort.datasets.suites;

import io.retort.inference.digests.SplitMix64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The random stream of one document: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
 * OOPSLA 2014), keyed by a name, a seed and an index. Written out here because documents must stay the same over Java
 * versions. Not safe for use by several threads; each document has its own.
 */
final class Draws {

    private long state;

    private Draws(long state) {
        this.state = state;
    }

    /** The stream of a named source at one index of one seed. */
    static Draws of(String name, long seed, long index) {
        if (index < 0) {
            throw new IllegalArgumentException("expected an index of at least 0, found " + index);
        }
        long key = 0xCBF29CE484222325L; // FNV-1a, so that two sources differ at the same seed and index
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            key = (key ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return new Draws(SplitMix64.mixed(
                SplitMix64.mixed(SplitMix64.mixed(key) + seed * SplitMix64.GAMMA) + index * SplitMix64.GAMMA));
    }

    long next() {
        state += SplitMix64.GAMMA;
        return SplitMix64.mixed(state);
    }

    /** A whole number from 0 to bound - 1; the bias of the multiplication is below bound / 2^32. */
    int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("expected a bound above 0, found " + bound);
        }
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** A whole number from low to high, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** A real number in [0, 1). */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** True in so many cases of a hundred. */
    boolean percent(int share) {
        return below(100) < share;
    }

    <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }

    @SafeVarargs
    final <T> T oneOf(T... from) {
        return from[below(from.length)];
    }

    /** So many different elements, in random order. */
    <T> List<T> sample(List<T> from, int count) {
        if (count > from.size()) {
            throw new IllegalArgumentException("expected at most " + from.size() + " to draw, found " + count);
        }
        List<T> pool = new ArrayList<>(from);
        for (int i = 0; i < count; i++) {
            int j = i + below(pool.size() - i);
            T swapped = pool.get(i);
            pool.set(i, pool.get(j));
            pool.set(j, swapped);
        }
        return new ArrayList<>(pool.subList(0, count));
    }

    <T> List<T> shuffled(List<T> from) {
        return sample(from, from.size());
    }
}
