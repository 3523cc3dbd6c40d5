package io.retort.jobs.reports;

import java.util.List;
import java.util.stream.Collectors;

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

    /** The same as text, without a line break at the end. */
    default String render() {
        return tables().stream().map(Table::render).collect(Collectors.joining("\n\n"));
    }
}
