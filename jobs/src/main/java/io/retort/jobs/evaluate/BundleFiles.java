package io.retort.jobs.evaluate;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleSource;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.Trust;
import io.retort.inference.signing.Ed25519Check;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A bundle's files in memory: a megabyte or two, so that no executor needs its directory.
 *
 * @param digest of the bundle
 */
public record BundleFiles(String digest, TreeMap<String, byte[]> files) implements Serializable {
    private static final ConcurrentMap<String, Retort> OPEN = new ConcurrentHashMap<>();
    private static final int LARGEST_FILE = 256 << 20;

    /**
     * Reads a bundle, every file by its digest.
     *
     * @throws io.retort.inference.bundles.BundleException with the first thing that is wrong
     */
    public static BundleFiles read(Storage storage, Location directory) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        for (Location file : storage.everyFileBelow(directory)) {
            if (!file.name().startsWith(".")) {
                String path = file.value().substring(directory.value().length() + 1);
                files.put(path, storage.read(file, LARGEST_FILE));
            }
        }
        return new BundleFiles(bundle(files).digest(), files);
    }

    /** The same of a source that lists its files. */
    public static BundleFiles read(BundleSource source) {
        TreeMap<String, byte[]> files = new TreeMap<>();
        source.list().sizes().keySet().forEach(path -> files.put(path, source.read(path, LARGEST_FILE)));
        return new BundleFiles(bundle(files).digest(), files);
    }

    private static Bundle bundle(Map<String, byte[]> files) {
        return Bundle.open(new MemoryBundleSource(files), Trust.anyone(Ed25519Check.INSTANCE));
    }

    /** The bundle's runtime, opened once in a process. */
    public Retort retort() {
        return OPEN.computeIfAbsent(digest, missing -> new Retort(bundle(files)));
    }
}
