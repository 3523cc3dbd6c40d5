package io.retort.inference.bundles;

import java.util.Objects;

/**
 * An expert as the manifest has it.
 *
 * @param id unique in the bundle
 * @param domain what it is an expert of
 * @param family the kind of student that it is
 * @param parameters how many trained numbers it has
 */
public record ExpertEntry(
        String id, String domain, String family, long parameters, FileEntry weights, FileEntry config) {
    public ExpertEntry {
        BundleNames.require("an expert's id", id);
        BundleNames.require("an expert's domain", domain);
        Objects.requireNonNull(family, "family");
        requirePath(weights, BundleNames.weights(id));
        requirePath(config, BundleNames.config(id));
        if (parameters < 1) {
            throw new IllegalArgumentException("expected at least 1 parameter of " + id + ", found " + parameters);
        }
    }

    static void requirePath(FileEntry entry, String path) {
        if (!entry.path().equals(path)) {
            throw new IllegalArgumentException("expected path " + path + ", found \"" + entry.path() + "\"");
        }
    }
}
