package io.retort.jobs.provenance;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who made what from what, when and where.
 *
 * @param run the run's id
 * @param job the job's name
 * @param code what ran
 * @param seed what randomness was drawn from
 * @param spec the job's spec, as it was after all precedence
 * @param inputs ids and digests of what was read, by name
 * @param outputs ids and digests of what was made, by name; empty while the run is under way
 * @param host where the driver ran
 * @param started when
 * @param ended when, or null while the run is under way
 * @param outcome {@code running}, {@code done}, {@code interrupted}, {@code killed} (found by a later run) or what went
 *     wrong
 */
public record Provenance(
        String run,
        String job,
        CodeVersion code,
        long seed,
        Object spec,
        SortedMap<String, String> inputs,
        SortedMap<String, String> outputs,
        Host host,
        Instant started,
        @Nullable Instant ended,
        String outcome) {
    static final String RUNNING = "running";

    /** The run that begins now. */
    public static Provenance started(String run, String job, long seed, Object spec, Instant now) {
        return new Provenance(
                run,
                job,
                CodeVersion.current(),
                seed,
                spec,
                new TreeMap<>(),
                new TreeMap<>(),
                Host.current(),
                now,
                null,
                RUNNING);
    }

    /** The same run, over. */
    public Provenance ended(Map<String, String> inputs, Map<String, String> outputs, Instant now, String outcome) {
        return new Provenance(
                run, job, code, seed, spec, new TreeMap<>(inputs), new TreeMap<>(outputs), host, started, now, outcome);
    }
}
