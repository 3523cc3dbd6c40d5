package io.retort.jobs.registry;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.retort.inference.bundles.BundleNames;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version of a model, which never changes.
 *
 * @param model the bundle's name
 * @param version from 1, in the order of registration
 * @param bundle the bundle's own version
 * @param digest of the bundle: SHA-256 of its SHA256SUMS
 * @param report the id of the report it was measured by
 * @param madeFrom ids and digests by name, from the corpus on
 * @param registered when
 * @param reportDigest SHA-256 of the report as a server keeps it; empty where its files are in the workspace
 */
public record ModelVersion(
        String model,
        int version,
        String bundle,
        String digest,
        String report,
        SortedMap<String, String> madeFrom,
        Instant registered,
        @JsonSetter(nulls = Nulls.AS_EMPTY) String reportDigest) {
    public ModelVersion {
        BundleNames.require("model", model);
        if (version < 1) {
            throw new IllegalArgumentException("expected a version of " + model + " from 1 on, found " + version);
        }
        madeFrom = Collections.unmodifiableSortedMap(new TreeMap<>(madeFrom));
    }

    /** The way a person writes it. */
    public String label() {
        return model + " version " + version + " (bundle " + bundle + ", " + digest.substring(0, 12) + ")";
    }
}
