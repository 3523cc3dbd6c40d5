package io.retort.jobs.bundle;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.jobs.workspaces.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions that a bundle of some name has. */
public final class BundleVersions {
    private static final Logger LOG = LoggerFactory.getLogger(BundleVersions.class);
    private static final SemanticVersion FIRST = new SemanticVersion(1, 0, 0, "");

    private final Storage storage;
    private final Location bundles;

    /** @param bundles the directory of the name */
    public BundleVersions(Storage storage, Location bundles) {
        this.storage = storage;
        this.bundles = bundles;
    }

    /** All versions, the oldest first; a directory that is named otherwise is none of ours. */
    public List<SemanticVersion> all() throws IOException {
        List<SemanticVersion> versions = new ArrayList<>();
        for (Location directory : storage.list(bundles)) {
            if (storage.exists(directory.resolve(BundleNames.CHECKSUMS))) {
                version(directory.name()).ifPresent(versions::add);
            }
        }
        Collections.sort(versions);
        return versions;
    }

    private static Optional<SemanticVersion> version(String name) {
        try {
            return Optional.of(SemanticVersion.parse(name));
        } catch (IllegalArgumentException e) {
            LOG.warn("left out {}, whose name is no version", name);
            return Optional.empty();
        }
    }

    /** The newest version. */
    public Optional<SemanticVersion> newest() throws IOException {
        List<SemanticVersion> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The newest version that was made from this, see {@link BundleSpec#contentId}. */
    public Optional<SemanticVersion> madeFrom(String contentId) throws IOException {
        List<SemanticVersion> versions = all();
        Collections.reverse(versions);
        for (SemanticVersion version : versions) {
            Location file = bundles.resolve(version + "/" + BundleNames.PROVENANCE);
            if (contentId(file).equals(Optional.of(contentId))) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** Of a version that is damaged nothing is known, and it stands in no other's way. */
    private Optional<String> contentId(Location file) throws IOException {
        try {
            return Optional.of(Json.read(storage, file, BundleProvenance.class).contentId());
        } catch (InvalidDataException | FileNotFoundException e) {
            LOG.warn("left out a bundle that does not tell what it was made from: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The version after the newest. */
    SemanticVersion next() throws IOException {
        return newest().map(newest -> new SemanticVersion(newest.major(), newest.minor(), newest.patch() + 1, ""))
                .orElse(FIRST);
    }
}
