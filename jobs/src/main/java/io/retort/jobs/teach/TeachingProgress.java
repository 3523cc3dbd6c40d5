package io.retort.jobs.teach;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.provenance.RunLog;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Adds up what the tasks wrote about the shards they finished. For one thread at a time. */
final class TeachingProgress {
    private final Storage storage;
    private final Location costs;
    private final RunLog log;
    private final long begun = System.nanoTime();
    private final Set<Location> seen = new HashSet<>();
    private ShardCost total = ShardCost.NONE;
    private long tokensBefore = -1;

    TeachingProgress(Storage storage, Location costs, RunLog log) {
        this.storage = storage;
        this.costs = costs;
        this.log = log;
    }

    void show(Progress.Track track) throws IOException {
        int before = total.documents();
        for (Location file : storage.list(costs)) {
            if (seen.add(file)) {
                total = total.plus(Json.read(storage, file, ShardCost.class));
            }
        }
        if (tokensBefore < 0) {
            tokensBefore = total.teacherTokens();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long rate = Math.round((total.teacherTokens() - tokensBefore) / seconds);
        if (total.documents() > before) {
            log.event(
                    "progress",
                    Map.of("step", total.documents(), "teacherTokens", total.teacherTokens(), "tokensPerSecond", rate));
        }
        track.at(total.documents(), Figures.count(rate) + " tokens/s");
    }
}
