package io.retort.jobs.workspaces;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.util.List;

/** What writers that were killed have left: files under temporary names, uploads that were begun. */
public final class Leftovers {
    private Leftovers() {}

    /**
     * Removes them from directories and all below, and returns how many there were. Only for a caller who knows that
     * nobody is writing there now.
     */
    public static int delete(Storage storage, List<Location> directories) throws IOException {
        int deleted = 0;
        for (Location directory : directories) {
            deleted += storage.deleteUnfinishedBelow(directory);
        }
        return deleted;
    }
}
