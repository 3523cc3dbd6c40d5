package io.retort.jobs.reports;

/** How far the work of a job is. */
public enum Completion {
    /** Nothing or a part is there. */
    TO_DO,
    /** This run finished it. */
    DONE,
    /** An earlier run finished it on the same inputs; nothing was done. */
    ALREADY_DONE
}
