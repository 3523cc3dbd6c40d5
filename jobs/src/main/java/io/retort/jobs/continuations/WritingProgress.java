package io.retort.jobs.continuations;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Adds up what the tasks wrote down about the shards they finished. For one thread at a time. */
final class WritingProgress {
    private final Storage storage;
    private final Location tallies;
    private final Set<Location> seen = new HashSet<>();
    private Tally total = Tally.NONE;

    WritingProgress(Storage storage, Location tallies) {
        this.storage = storage;
        this.tallies = tallies;
    }

    void show(Progress.Track track) throws IOException {
        for (Location file : storage.list(tallies)) {
            if (seen.add(file)) {
                total = total.plus(Json.read(storage, file, WrittenShard.class).tally());
            }
        }
        track.at(total.texts(), Figures.bytes(total.bytes()) + " written");
    }
}
