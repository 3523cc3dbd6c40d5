package io.retort.jobs.registry;

/** Why an alias points elsewhere than before. */
public enum MoveReason {
    /** A bundle was registered. */
    PUBLISHED,
    /** The gates held. */
    PROMOTED,
    /** Back to the version before. */
    ROLLED_BACK,
    /** The registry's alias was found where the log does not have it: moved by others, or by a run that was killed. */
    FOUND
}
