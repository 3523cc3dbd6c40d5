package io.retort.bench.formats;

/** The most likely tokens of a distribution, most likely first; of equals the lowest id first. */
final class RankedTokens {
    private RankedTokens() {}

    /** The {@code count} most likely ids. */
    static int[] of(float[] logProbabilities, int count) {
        long[] keys = new long[logProbabilities.length];
        for (int id = 0; id < keys.length; id++) {
            // Log-probabilities are at most 0: the magnitude's bits ascend as the probability falls.
            long magnitude = Float.floatToRawIntBits(Math.max(0f, -logProbabilities[id]));
            keys[id] = magnitude << 32 | id;
        }
        java.util.Arrays.sort(keys);
        int[] ids = new int[Math.min(count, keys.length)];
        for (int rank = 0; rank < ids.length; rank++) {
            ids[rank] = (int) keys[rank];
        }
        return ids;
    }
}
