package io.retort.jobs.commands;

import io.retort.datasets.storage.Storage;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.jobs.bundle.BundleShelf;
import io.retort.jobs.bundle.BundleVersions;
import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which bundle a command is about: the one that is named, or the workspace's newest. */
final class BundleOption {
    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            description = "The bundle (default: the newest of the workspace's retort.bundle.name).")
    private @Nullable Path bundle;

    boolean isNamed() {
        return bundle != null;
    }

    /** Returns its directory on this machine. */
    Path directory(CommonOptions options) throws IOException {
        if (bundle != null) {
            return bundle;
        }
        String name = BundleNames.require("bundle", options.settings().config().getString("bundle.name"));
        Workspace workspace = Workspace.at(options.settings().config().getString("workspace"));
        Storage storage = StorageSettings.ofProcess().open();
        SemanticVersion newest = new BundleVersions(storage, workspace.bundles(name))
                .newest()
                .orElseThrow(() -> new IllegalArgumentException("expected a bundle in " + workspace.bundles(name)
                        + ", found none; make one by retort quickstart or name one by --bundle"));
        BundleShelf shelf = BundleShelf.of(storage, workspace, name);
        // Copies are needed for as long as the command answers, which is as long as the process lives.
        ShutdownHookManager.get().addShutdownHook(() -> removed(shelf), 1);
        return shelf.open(newest);
    }

    private static void removed(BundleShelf shelf) {
        try {
            shelf.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove copies of bundles", e);
        }
    }
}
