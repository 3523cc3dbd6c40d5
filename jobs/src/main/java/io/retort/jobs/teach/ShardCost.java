package io.retort.jobs.teach;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.io.Serializable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a shard cost, kept beside it in {@code costs/}, so that a dataset made in several runs knows its whole cost.
 *
 * @param documents in the shard
 * @param requests sequences that the teacher was given
 * @param teacherTokens read by the teacher, repeated context included
 * @param phases where the time went
 */
record ShardCost(int documents, int requests, long teacherTokens, PhaseSeconds phases) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardCost.class);

    static final ShardCost NONE = new ShardCost(0, 0, 0, PhaseSeconds.NONE);

    /** The cost in a file; nothing where there is none or it is damaged, since no result depends on it. */
    static ShardCost read(Storage storage, Location file) throws IOException {
        try {
            return storage.exists(file) ? Json.read(storage, file, ShardCost.class) : NONE;
        } catch (InvalidDataException e) {
            LOG.warn("{}; counted as nothing, retort teach --verify makes it anew", e.getMessage());
            return NONE;
        }
    }

    ShardCost plus(ShardCost other) {
        return new ShardCost(
                documents + other.documents,
                requests + other.requests,
                teacherTokens + other.teacherTokens,
                phases.plus(other.phases));
    }
}
