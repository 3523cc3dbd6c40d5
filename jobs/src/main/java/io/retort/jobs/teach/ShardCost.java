package io.retort.jobs.teach;

import java.io.Serializable;

/**
 * What a shard cost, kept beside it in {@code costs/}, so that a dataset made in several runs knows its whole cost.
 *
 * @param documents in the shard
 * @param teacherTokens read by the teacher, repeated context included
 * @param teacherSeconds in which it read them
 */
record ShardCost(int documents, long teacherTokens, double teacherSeconds) implements Serializable {
    ShardCost plus(ShardCost other) {
        return new ShardCost(
                documents + other.documents,
                teacherTokens + other.teacherTokens,
                teacherSeconds + other.teacherSeconds);
    }
}
