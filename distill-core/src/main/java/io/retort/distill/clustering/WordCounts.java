package io.retort.distill.clustering;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The words of a text, hashed: which buckets occur, ascending, and 1 + ln of how often. A word is a run of ASCII letters
 * and digits or of bytes above ASCII, in lower case; every other byte but the space is a word by itself, and so is every
 * pair of neighbours. The arrays are not copied.
 *
 * @param buckets ascending, each once
 * @param values as many, positive
 */
public record WordCounts(int[] buckets, float[] values) implements Serializable {
    private static final int FNV_OFFSET = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;
    private static final int PAIR = 31;

    public WordCounts {
        if (buckets.length != values.length) {
            throw new IllegalArgumentException(
                    "expected a value a bucket, found " + values.length + " for " + buckets.length);
        }
    }

    /**
     * The words of a text.
     *
     * @param text any bytes
     * @param buckets how many there are, positive
     */
    public static WordCounts of(byte[] text, int buckets) {
        int[] found = new int[2 * text.length];
        int size = 0;
        int before = 0;
        for (int from = 0; from < text.length; ) {
            int to = from + 1;
            if (text[from] == ' ') {
                from = to;
                continue;
            }
            while (inWord(text[from]) && to < text.length && inWord(text[to])) {
                to++;
            }
            int word = hash(text, from, to);
            found[size++] = bucket(word, buckets);
            if (before != 0) {
                found[size++] = bucket(before * PAIR + word, buckets);
            }
            before = word;
            from = to;
        }
        return counted(Arrays.copyOf(found, size));
    }

    private static WordCounts counted(int[] found) {
        Arrays.sort(found);
        int[] buckets = new int[found.length];
        float[] values = new float[found.length];
        int size = 0;
        for (int from = 0; from < found.length; ) {
            int to = from;
            while (to < found.length && found[to] == found[from]) {
                to++;
            }
            buckets[size] = found[from];
            values[size++] = (float) (1 + StrictMath.log(to - from));
            from = to;
        }
        return new WordCounts(Arrays.copyOf(buckets, size), Arrays.copyOf(values, size));
    }

    private static boolean inWord(byte b) {
        return b < 0 || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    /** FNV-1a over the bytes in lower case. */
    private static int hash(byte[] text, int from, int to) {
        int hash = FNV_OFFSET;
        for (int i = from; i < to; i++) {
            int lower = text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 'a' - 'A' : text[i] & 0xFF;
            hash = (hash ^ lower) * FNV_PRIME;
        }
        return hash == 0 ? 1 : hash;
    }

    /** FNV's low bits alone are poor: the finaliser of MurmurHash3 (Appleby 2011) mixes them. */
    private static int bucket(int hash, int buckets) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return Integer.remainderUnsigned(mixed ^ (mixed >>> 16), buckets);
    }
}
