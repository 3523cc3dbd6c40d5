package io.retort.jobs.registry;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.files.BundleDirectory;
import io.retort.jobs.bundle.BundleProvenance;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bundle on its way into a registry, checked.
 *
 * @param directory where it is on this machine
 * @param model its name
 * @param version its own version
 * @param digest SHA-256 of its SHA256SUMS
 * @param report the directory of the report it was measured by
 * @param madeFrom ids and digests by name
 */
public record PublishedBundle(
        Path directory,
        String model,
        String version,
        String digest,
        Location report,
        SortedMap<String, String> madeFrom) {
    private static final String REPORT = "report";

    public PublishedBundle {
        madeFrom = Collections.unmodifiableSortedMap(new TreeMap<>(madeFrom));
    }

    /**
     * Opens a bundle, every file by its digest.
     *
     * @throws IllegalArgumentException if the report that it names is not in the workspace
     */
    public static PublishedBundle open(Path directory, Storage storage, Workspace workspace) throws IOException {
        Bundle bundle = BundleDirectory.open(directory);
        Location file = Location.of(directory.toAbsolutePath().toString()).resolve(BundleNames.PROVENANCE);
        SortedMap<String, String> inputs =
                Json.read(Storage.local(), file, BundleProvenance.class).inputs();
        String id = inputs.getOrDefault(REPORT, "");
        Location report = workspace.reports(id.isEmpty() ? "none" : id);
        if (id.isEmpty() || !storage.exists(report.resolve("results.json"))) {
            throw new IllegalArgumentException("expected the report that " + directory + " was measured by in " + report
                    + ", found nothing; publish from the workspace that the bundle was made in");
        }
        return new PublishedBundle(
                directory,
                bundle.manifest().identity().name(),
                bundle.manifest().identity().version().toString(),
                bundle.digest(),
                report,
                inputs);
    }

    /** The version that it becomes. */
    public ModelVersion numbered(int number, Instant now) {
        return new ModelVersion(model, number, version, digest, report.name(), madeFrom, now, "");
    }
}
