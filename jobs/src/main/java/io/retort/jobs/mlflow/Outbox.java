package io.retort.jobs.mlflow;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What MLflow was not told yet: a file a run, which appears whole. */
record Outbox(Storage storage, Location directory) {
    /** Who holds it sends: one at a time, since two who look for a run and find none would both make it. */
    static final String LEASE = "mlflow-outbox";

    private static final String ENDING = ".json";

    /** Keeps a draft until it is {@link #delete}d. */
    void put(RunDraft draft) throws IOException {
        Json.write(storage, file(draft.run()), draft);
    }

    /** The runs that wait, the oldest first. */
    List<String> runs() throws IOException {
        return storage.list(directory).stream()
                .map(Location::name)
                .filter(name -> name.endsWith(ENDING))
                .map(name -> name.substring(0, name.length() - ENDING.length()))
                .toList();
    }

    /** A draft; nothing where it was sent by now. */
    Optional<RunDraft> read(String run) throws IOException {
        try {
            return Optional.of(Json.read(storage, file(run), RunDraft.class));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    void delete(String run) throws IOException {
        storage.delete(file(run));
    }

    private Location file(String run) {
        return directory.resolve(run + ENDING);
    }
}
