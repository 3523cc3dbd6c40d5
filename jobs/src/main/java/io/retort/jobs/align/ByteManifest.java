package io.retort.jobs.align;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * What byte targets there are; written last, so a directory without one is unfinished.
 *
 * @param version of this format
 * @param id the targets' id
 * @param logitsDigest of the dataset they were made from
 * @param files sorted by path
 * @param faults documents left out because their rows are not whole (a chunk in quarantine)
 */
public record ByteManifest(int version, String id, String logitsDigest, List<TargetFile> files, long faults) {
    public static final String FILE_NAME = "manifest.json";
    static final int VERSION = 1;

    public ByteManifest {
        if (version != VERSION) {
            throw new IllegalArgumentException("expected byte target format " + VERSION + ", found " + version);
        }
        files = files.stream().sorted(Comparator.comparing(TargetFile::path)).toList();
    }

    /**
     * One file.
     *
     * @param path relative to the targets' directory
     * @param domain of all its documents
     * @param split of all its documents
     * @param documents how many
     * @param textBytes UTF-8 bytes of their texts
     * @param fileBytes of the file
     * @param sha256 of the file
     */
    public record TargetFile(
            String path, String domain, Split split, int documents, long textBytes, long fileBytes, String sha256)
            implements Serializable {}

    /**
     * The manifest of finished targets.
     *
     * @throws IllegalArgumentException if they are not finished
     */
    public static ByteManifest read(Storage storage, Location targets) throws IOException {
        Location file = targets.resolve(FILE_NAME);
        if (!storage.exists(file)) {
            throw new IllegalArgumentException("expected finished byte targets at " + targets
                    + "; make them by retort align with the same settings");
        }
        return Json.read(storage, file, ByteManifest.class);
    }

    /** The files of a domain's split. */
    public List<TargetFile> files(String domain, Split split) {
        return files.stream()
                .filter(file -> file.domain().equals(domain) && file.split() == split)
                .toList();
    }

    /** UTF-8 bytes of a domain's split. */
    public long textBytes(String domain, Split split) {
        return files(domain, split).stream().mapToLong(TargetFile::textBytes).sum();
    }
}
