package io.retort.jobs.continuations;

/** What becomes of the documents that were continued. */
public enum Originals {
    /** They are in the new corpus too. */
    KEPT,
    /** What was written takes their place. */
    REPLACED
}
