package io.retort.jobs.bundle;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bundles of one name in a workspace, as directories of this machine: the workspace's own where it is local, else
 * copies, which are removed by {@link #close}. Not safe for use by many threads.
 */
public final class BundleShelf implements AutoCloseable {
    private final Storage storage;
    private final Workspace workspace;
    private final String name;
    private final Path root;

    private BundleShelf(Storage storage, Workspace workspace, String name, Path root) {
        this.storage = storage;
        this.workspace = workspace;
        this.name = name;
        this.root = root;
    }

    /** The bundles of that name. */
    public static BundleShelf of(Storage storage, Workspace workspace, String name) throws IOException {
        Path root = workspace.local().isPresent()
                ? workspace.local().get().resolve("bundles")
                : Files.createTempDirectory("retort-bundles-");
        return new BundleShelf(storage, workspace, name, root);
    }

    /** Where a version is or will be, for people and for other machines. */
    public Location location(SemanticVersion version) {
        // A path, where it is one, and not the URI of it: what else reads bundles knows paths only.
        return workspace.local().isPresent()
                ? Location.of(local(version).toString())
                : workspace.bundles(name).resolve(version.toString());
    }

    /** The directory that has all names of bundles, for who writes. */
    Path root() {
        return root;
    }

    /** A version that is there, as a directory of this machine. */
    public Path open(SemanticVersion version) throws IOException {
        Path directory = local(version);
        if (workspace.local().isEmpty() && !Files.exists(directory)) {
            Location from = location(version);
            for (Location file : storage.everyFileBelow(from)) {
                Path to = directory.resolve(file.value().substring(from.value().length() + 1));
                Files.createDirectories(to.getParent());
                try (InputStream in = storage.open(file)) {
                    Files.copy(in, to);
                }
            }
        }
        return directory;
    }

    /** Brings what was written on this machine to the workspace, and first removes what a killed run left of it. */
    void publish(SemanticVersion version) throws IOException {
        if (workspace.local().isPresent()) {
            return;
        }
        Location to = location(version);
        if (!storage.exists(to.resolve(BundleNames.CHECKSUMS))) {
            storage.delete(to);
        }
        Path from = local(version);
        for (Path file : files(from)) {
            String path = from.relativize(file).toString().replace('\\', '/');
            try (InputStream in = Files.newInputStream(file)) {
                storage.write(to.resolve(path), in);
            }
        }
    }

    /** The checksums come last: without them a directory is no version. */
    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing((Path file) -> file.endsWith(BundleNames.CHECKSUMS))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private Path local(SemanticVersion version) {
        return root.resolve(name).resolve(version.toString());
    }

    /** Removes the copies. */
    @Override
    public void close() throws IOException {
        if (workspace.local().isEmpty()) {
            Storage.local().delete(Location.of(root.toString()));
        }
    }
}
