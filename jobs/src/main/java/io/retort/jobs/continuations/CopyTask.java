package io.retort.jobs.continuations;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import org.apache.spark.api.java.function.Function;

/** The task that takes a file of another corpus over as it is. */
record CopyTask(StorageSettings storageSettings, Location from, Location to) implements Function<CorpusFile, String> {
    private static final int LARGEST_FILE = Integer.MAX_VALUE - 8;

    @Override
    public String call(CorpusFile file) throws IOException {
        Storage storage = storageSettings.open();
        byte[] bytes = storage.read(from.resolve(file.path()), LARGEST_FILE);
        String found = Sha256.hex(bytes);
        if (!found.equals(file.sha256())) {
            throw new InvalidDataException("expected " + from.resolve(file.path()) + " to have SHA-256 " + file.sha256()
                    + ", as its manifest says, found " + found);
        }
        storage.write(to.resolve(file.path()), bytes);
        return file.path();
    }
}
