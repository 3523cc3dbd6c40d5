package io.retort.distill.teachers.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts the documents of a step into passes so that little is padded: sorted by length, the cuts with the least cost are
 * found exactly, the cost of a pass being its positions and a constant for its overhead.
 */
final class PassPlanner {
    /** What starting a pass costs, in positions; of little influence between 50 and 500. */
    private static final int PASS_COST = 150;

    private final int mostPositions;

    /** Plans passes of at most so many positions each; a longer document gets a pass of its own. */
    PassPlanner(int mostPositions) {
        this.mostPositions = mostPositions;
    }

    List<Pass> plan(List<TokenisedDocument> documents) {
        List<TokenisedDocument> sorted = new ArrayList<>(documents);
        sorted.sort(Comparator.comparingInt(TokenisedDocument::length));
        int n = sorted.size();
        long[] cost = new long[n + 1];
        int[] from = new int[n + 1];
        for (int end = 1; end <= n; end++) {
            int longest = sorted.get(end - 1).length();
            cost[end] = Long.MAX_VALUE;
            for (int start = end - 1; start >= 0; start--) {
                long positions = (long) (end - start) * longest;
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
        List<Pass> passes = new ArrayList<>();
        for (int end = n; end > 0; end = from[end]) {
            passes.add(Pass.of(sorted.subList(from[end], end)));
        }
        return passes;
    }
}
