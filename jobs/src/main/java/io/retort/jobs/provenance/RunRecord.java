package io.retort.jobs.provenance;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The record of one run: {@code provenance.json}, there from the start and completed at the end, and
 * {@code events.jsonl}, a JSON object a line. The events' file is written anew as it grows, since not every filesystem
 * appends, and at most every two seconds. Safe for use by many threads.
 */
public final class RunRecord implements RunLog {
    private static final Duration FLUSH_EVERY = Duration.ofSeconds(2);

    /** The file with the events. */
    public static final String EVENTS = "events.jsonl";

    private static final String FILE = "provenance.json";

    private final Storage storage;
    private final Location directory;
    private final Clock clock;
    private final Provenance begun;
    private final SortedMap<String, String> inputs = new TreeMap<>();
    private final SortedMap<String, String> outputs = new TreeMap<>();
    private final StringBuilder events = new StringBuilder();
    private Instant flushed = Instant.EPOCH;

    private RunRecord(Storage storage, Location directory, Clock clock, Provenance begun) {
        this.storage = storage;
        this.directory = directory;
        this.clock = clock;
        this.begun = begun;
    }

    /** Begins the record of a run in its directory. */
    public static RunRecord begin(Storage storage, Location directory, Clock clock, Provenance begun)
            throws IOException {
        RunRecord log = new RunRecord(storage, directory, clock, begun);
        Json.write(storage, directory.resolve(FILE), begun);
        return log;
    }

    /**
     * Completes the record of a run whose process is no more; one that is complete, or that there is none of, is left.
     *
     * @return whether it was completed
     */
    public static boolean markKilled(Storage storage, Location directory, Clock clock) throws IOException {
        Location file = directory.resolve(FILE);
        if (!storage.exists(file)) {
            return false;
        }
        Provenance found = Json.read(storage, file, Provenance.class);
        if (!found.outcome().equals(Provenance.RUNNING)) {
            return false;
        }
        Json.write(storage, file, found.ended(found.inputs(), found.outputs(), clock.instant(), "killed"));
        return true;
    }

    @Override
    public synchronized void input(String name, String digest) {
        inputs.put(name, digest);
    }

    @Override
    public synchronized void output(String name, String digest) {
        outputs.put(name, digest);
    }

    @Override
    public synchronized void event(String type, Map<String, ?> fields) throws IOException {
        Instant now = clock.instant();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("time", now);
        event.put("event", type);
        event.putAll(fields);
        events.append(Json.line(event)).append('\n');
        if (Duration.between(flushed, now).compareTo(FLUSH_EVERY) >= 0) {
            flush(now);
        }
    }

    /** Completes the record. */
    public synchronized void end(String outcome) throws IOException {
        Instant now = clock.instant();
        flush(now);
        Json.write(storage, directory.resolve(FILE), begun.ended(inputs, outputs, now, outcome));
    }

    private void flush(Instant now) throws IOException {
        storage.write(directory.resolve(EVENTS), events.toString().getBytes(StandardCharsets.UTF_8));
        flushed = now;
    }
}
