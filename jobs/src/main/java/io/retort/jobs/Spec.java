package io.retort.jobs;

import io.retort.jobs.workspaces.Workspace;

/** What a job is asked to do. Implementations are records that refuse in their constructor what cannot be done. */
public interface Spec {
    /** Where the job reads and writes. */
    Workspace workspace();

    /** What randomness is drawn from. */
    long seed();
}
