package io.retort.jobs.reports;

import java.util.List;

/** What a job made. Implementations are records, whose components are the report's JSON. */
public interface Report {
    /** The job's name. */
    String job();

    /** The id of what was made: the digest of what it was made from. */
    String id();

    /** {@link Completion#DONE} or {@link Completion#ALREADY_DONE}. */
    Completion completion();

    /** What is shown at the end. */
    List<Table> tables();
}
