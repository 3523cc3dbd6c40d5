package io.retort.inference.routing;

/**
 * What a router sees of a prompt: how often each hashed byte 1-, 2- and 3-gram occurs, as ln(1 + count), scaled to unit
 * length (all zeros for an empty prompt).
 *
 * <p>Of a prompt longer than twice the window only the first and the last {@code windowBytes} bytes are looked at, each
 * as a text of its own, so the cost is bounded. The bucket of an n-gram b1..bn is fixed for ever by this definition, as
 * trained weights depend on it: h = FNV-1a, 32 bits (offset basis 2166136261, prime 16777619), over the byte n and then
 * b1..bn; then MurmurHash3's finaliser (h ^= h>>>16; h *= 0x85EBCA6B; h ^= h>>>13; h *= 0xC2B2AE35; h ^= h>>>16); the
 * bucket is the low bits of h. Immutable, thread-safe.
 *
 * @param buckets how many features there are: a power of two of 16 to 65,536
 * @param windowBytes how much of either end is looked at, in bytes: 1 to 65,536
 */
public record PromptFeatures(int buckets, int windowBytes) {
    private static final int LONGEST_GRAM = 3;
    private static final int MAXIMUM = 1 << 16;

    public PromptFeatures {
        if (buckets < 16 || buckets > MAXIMUM || Integer.bitCount(buckets) != 1) {
            throw new IllegalArgumentException("expected a power of two of 16 to 65536 buckets, found " + buckets);
        }
        if (windowBytes < 1 || windowBytes > MAXIMUM) {
            throw new IllegalArgumentException("expected a window of 1 to 65536 bytes, found " + windowBytes);
        }
    }

    /** Returns the features of {@code prompt}: an array of {@link #buckets} values of unit length. */
    public float[] of(byte[] prompt) {
        int[] counts = new int[buckets];
        if (prompt.length <= 2L * windowBytes) {
            count(prompt, 0, prompt.length, counts);
        } else {
            count(prompt, 0, windowBytes, counts);
            count(prompt, prompt.length - windowBytes, prompt.length, counts);
        }
        return normalised(counts);
    }

    /** Returns the bucket of the {@code length} bytes from {@code from}. */
    int bucket(byte[] text, int from, int length) {
        int hash = (0x811C9DC5 ^ length) * 0x01000193;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ text[i] & 0xFF) * 0x01000193;
        }
        hash ^= hash >>> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >>> 13;
        hash *= 0xC2B2AE35;
        hash ^= hash >>> 16;
        return hash & (buckets - 1);
    }

    private void count(byte[] text, int from, int to, int[] counts) {
        for (int start = from; start < to; start++) {
            for (int length = 1; length <= LONGEST_GRAM && start + length <= to; length++) {
                counts[bucket(text, start, length)]++;
            }
        }
    }

    private static float[] normalised(int[] counts) {
        double[] logs = new double[counts.length];
        double squares = 0;
        for (int i = 0; i < counts.length; i++) {
            logs[i] = Math.log1p(counts[i]);
            squares += logs[i] * logs[i];
        }
        float[] features = new float[counts.length];
        double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
        for (int i = 0; i < counts.length; i++) {
            features[i] = (float) (logs[i] * scale);
        }
        return features;
    }
}
