package io.retort.jobs.teach;

import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import java.time.Duration;

/**
 * What is left to score, and what that will take.
 *
 * @param documents in the shards that are left
 * @param shards that are left, of those that the dataset will have
 * @param shardsThere in the dataset, or in others of the workspace
 * @param requests sequences for the teacher
 * @param tokens that the teacher reads, repeated context included
 * @param diskBytes of shards
 * @param wallSeconds of scoring, without the start of Spark
 * @param money for the tokens, at the price that is set
 * @param sample what all this was found from
 */
public record TeachingPlan(
        long documents,
        int shards,
        int shardsThere,
        Forecast requests,
        Forecast tokens,
        Forecast diskBytes,
        Forecast wallSeconds,
        Forecast money,
        Sample sample) {

    /**
     * What was scored to make the plan.
     *
     * @param documents how many
     * @param slices into how many groups of like length they fell
     * @param tokens that the teacher read
     * @param seconds that all took
     * @param tasks how many groups were scored at once
     */
    public record Sample(long documents, int slices, long tokens, double seconds, int tasks) {
        static final Sample NONE = new Sample(0, 0, 0, 0, 0);

        String line() {
            return "from a sample of " + Figures.count(documents) + " documents in " + slices + " groups, "
                    + Figures.count(tokens) + " tokens in " + Figures.decimal(seconds, 1) + " s, " + tasks + " at once";
        }
    }

    /** Nothing is left to score. */
    static TeachingPlan ofNothing(int shardsThere) {
        return new TeachingPlan(
                0,
                0,
                shardsThere,
                Forecast.NOTHING,
                Forecast.NOTHING,
                Forecast.NOTHING,
                Forecast.NOTHING,
                Forecast.NOTHING,
                Sample.NONE);
    }

    Cost cost() {
        return new Cost(
                Duration.ofMillis(Math.round(1000 * wallSeconds.value())),
                Math.round(diskBytes.value()),
                Math.round(tokens.value()));
    }
}
