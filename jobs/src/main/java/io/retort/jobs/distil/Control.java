package io.retort.jobs.distil;

/** What experts are trained besides the distilled ones, to be compared with. */
public enum Control {
    /** None. */
    NONE,
    /** Each expert a second time on the same documents, by cross-entropy to what was written, without the teacher. */
    CE
}
