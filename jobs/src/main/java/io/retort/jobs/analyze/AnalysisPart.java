package io.retort.jobs.analyze;

/** What an analysis looks at. */
public enum AnalysisPart {
    /** The experts' weights. */
    STATIC,
    /** The router's choices on a corpus. */
    DYNAMIC
}
