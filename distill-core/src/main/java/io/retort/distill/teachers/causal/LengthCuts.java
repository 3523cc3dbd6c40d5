package io.retort.distill.teachers.causal;

import java.util.Arrays;

/**
 * Cuts sequences, sorted by length, into passes so that little is padded: the cuts with the least cost are found exactly,
 * the cost of a pass being its positions and a constant for its overhead.
 */
public final class LengthCuts {
    /** What starting a pass costs, in positions; of little influence between 50 and 500. */
    private static final int PASS_COST = 150;

    private LengthCuts() {}

    /**
     * Where each pass ends: pass i has the sequences from the end of the one before it (0 for the first) up to, and
     * without, element i of the result.
     *
     * @param lengths ascending
     * @param mostPositions rows times the longest length of a pass; a longer sequence gets a pass of its own
     */
    public static int[] ends(int[] lengths, int mostPositions) {
        int n = lengths.length;
        long[] cost = new long[n + 1];
        int[] from = new int[n + 1];
        for (int end = 1; end <= n; end++) {
            cost[end] = Long.MAX_VALUE;
            for (int start = end - 1; start >= 0; start--) {
                long positions = (long) (end - start) * lengths[end - 1];
                if (positions > mostPositions && start < end - 1) {
                    break;
                }
                long total = cost[start] + positions + PASS_COST;
                if (total < cost[end]) {
                    cost[end] = total;
                    from[end] = start;
                }
            }
        }
        int[] ends = new int[n];
        int passes = 0;
        for (int end = n; end > 0; end = from[end]) {
            ends[passes++] = end;
        }
        int[] ascending = Arrays.copyOf(ends, passes);
        Arrays.sort(ascending);
        return ascending;
    }
}
