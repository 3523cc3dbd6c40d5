package io.retort.jobs.teach;

import java.io.Serializable;

/**
 * What a shard cost, kept beside it in {@code costs/}, so that a dataset made in several runs knows its whole cost.
 *
 * @param documents in the shard
 * @param requests sequences that the teacher was given
 * @param teacherTokens read by the teacher, repeated context included
 * @param phases where the time went
 */
record ShardCost(int documents, int requests, long teacherTokens, PhaseSeconds phases) implements Serializable {
    static final ShardCost NONE = new ShardCost(0, 0, 0, PhaseSeconds.NONE);

    ShardCost plus(ShardCost other) {
        return new ShardCost(
                documents + other.documents,
                requests + other.requests,
                teacherTokens + other.teacherTokens,
                phases.plus(other.phases));
    }
}
