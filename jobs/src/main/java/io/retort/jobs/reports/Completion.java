package io.retort.jobs.reports;

import java.util.List;

/** How far the work of a job is. */
public enum Completion {
    /** Nothing or a part is there. */
    TO_DO,
    /** This run finished it. */
    DONE,
    /** An earlier run finished it on the same inputs; nothing was done. */
    ALREADY_DONE;

    /** Of jobs that ran one after the other: done, if any of them had something to do. */
    public static Completion ofAll(List<? extends Report> reports) {
        return reports.stream().allMatch(report -> report.completion() == ALREADY_DONE) ? ALREADY_DONE : DONE;
    }
}
