package io.retort.jobs.provenance;

import io.retort.jobs.workspaces.Workspace;

/** Is told of runs whose record is complete. */
@FunctionalInterface
public interface RunListener {
    /** Does nothing. */
    RunListener NONE = (workspace, run) -> {};

    /**
     * A run is over, done or not. Throws nothing: the run has ended as it has.
     *
     * @param run its id
     */
    void ended(Workspace workspace, String run);
}
