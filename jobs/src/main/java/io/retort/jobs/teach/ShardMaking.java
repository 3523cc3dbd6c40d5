package io.retort.jobs.teach;

/** How a run came to a shard. */
enum ShardMaking {
    /** The teacher was asked. */
    MADE,
    /** It was there, whole. */
    FOUND,
    /** Another dataset of the workspace has it; it was checked and copied. */
    COPIED
}
