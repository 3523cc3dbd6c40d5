package io.retort.jobs.teach;

import java.util.List;

/**
 * What one run did.
 *
 * @param made shards that the teacher was asked for
 * @param copied shards that other datasets had
 * @param cost of those made
 * @param fileBytes of those made
 * @param wallSeconds from the first task to the last, without the start of Spark
 */
record RunTotals(int made, int copied, ShardCost cost, long fileBytes, double wallSeconds) {
    static final RunTotals NONE = new RunTotals(0, 0, ShardCost.NONE, 0, 0);

    static RunTotals of(List<ShardResult> results, double wallSeconds) {
        List<ShardResult> made = results.stream()
                .filter(result -> result.making() == ShardMaking.MADE)
                .toList();
        int copied = (int) results.stream()
                .filter(result -> result.making() == ShardMaking.COPIED)
                .count();
        return new RunTotals(
                made.size(),
                copied,
                made.stream().map(ShardResult::cost).reduce(ShardCost.NONE, ShardCost::plus),
                made.stream().mapToLong(result -> result.counts().fileBytes()).sum(),
                wallSeconds);
    }
}
