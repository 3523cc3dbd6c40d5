package io.retort.jobs.mlflow;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.util.List;

/** What MLflow was not told yet: a file a run, which appears whole. */
record Outbox(Storage storage, Location directory) {
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

    RunDraft read(String run) throws IOException {
        return Json.read(storage, file(run), RunDraft.class);
    }

    void delete(String run) throws IOException {
        storage.delete(file(run));
    }

    private Location file(String run) {
        return directory.resolve(run + ENDING);
    }
}
