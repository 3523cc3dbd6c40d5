package io.retort.jobs.continuations;

/** Which texts become documents. */
public enum Keep {
    /** All that are finished. */
    ALL,
    /** Of answers, those that the suite's checker finds right, or that equal the reference; of other texts, all. */
    CORRECT
}
