package io.retort.jobs.distil;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.targets.MappedDocuments;
import io.retort.jobs.align.ByteManifest.TargetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Byte target files as local files, copied where they are elsewhere, and checked against their manifest. */
final class TargetFiles {
    private static final String COPIES = "retort-byte-targets";

    private TargetFiles() {}

    static MappedDocuments open(Storage storage, Location targets, List<TargetFile> files) throws IOException {
        // Of one opening alone, and gone after it: what is mapped stays readable.
        Path copies = Files.createTempDirectory(COPIES);
        try {
            List<Path> paths = new ArrayList<>();
            for (TargetFile file : files) {
                Location location = targets.resolve(file.path());
                String found = storage.sha256(location);
                if (!found.equals(file.sha256())) {
                    throw new InvalidDataException(
                            "expected " + location + " to have SHA-256 " + file.sha256() + ", found " + found);
                }
                paths.add(storage.localCopy(location, file.sha256(), copies));
            }
            return MappedDocuments.open(paths);
        } finally {
            Storage.local().delete(Location.of(copies.toString()));
        }
    }
}
