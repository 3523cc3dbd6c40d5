package io.retort.jobs.distil;

/** What an expert is for. */
public enum Role {
    /** To be bundled. */
    EXPERT,
    /** To be compared with. */
    CONTROL
}
