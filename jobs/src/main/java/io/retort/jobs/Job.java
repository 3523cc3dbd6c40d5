package io.retort.jobs;

import io.retort.jobs.reports.Plan;
import io.retort.jobs.reports.Report;
import java.io.IOException;
import java.util.List;

/**
 * One stage of the way from a corpus to a bundle. A job that is run again on the same inputs finds its work done and
 * does nothing; one that was stopped goes on where it was.
 *
 * @param <S> what it is asked to do
 * @param <R> what it says it did
 */
public interface Job<S extends Spec, R extends Report> {
    /** The name of its command. */
    String name();

    /**
     * What {@link #execute} would do now, and what it would cost. Takes some seconds at most and starts no Spark.
     *
     * @throws IllegalArgumentException if an input that no earlier job of the same spec makes is not there
     */
    Plan plan(S spec) throws IOException, InterruptedException;

    /**
     * What no two runs may make at the same time, a name for each thing that is made by itself.
     *
     * @param id the plan's
     */
    default List<String> leases(S spec, String id) {
        return List.of(name() + "-" + id);
    }

    /** Does what is left to do. The caller sees to it that nobody else is at the same. */
    R execute(S spec, JobContext context) throws IOException, InterruptedException;
}
