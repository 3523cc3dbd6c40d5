package io.retort.jobs.commands;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.jobs.bundle.BundleShelf;
import io.retort.jobs.bundle.BundleSpec;
import io.retort.jobs.bundle.BundleVersions;
import io.retort.jobs.config.Settings;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
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
        return opened(options, newest(options));
    }

    /**
     * Returns the directory of the one that is named, else of the one that these settings make, else of the newest: so that a
     * run publishes what it made, whatever another run has made since.
     */
    Path madeOrNewest(CommonOptions options, Progress progress) throws IOException {
        if (bundle != null) {
            return bundle;
        }
        SemanticVersion newest = newest(options);
        String reason = "no bundle was made by these settings";
        try {
            Optional<SemanticVersion> made = made(options);
            if (made.isPresent()) {
                return opened(options, made.get());
            }
        } catch (IllegalArgumentException | IOException e) {
            // Such as a teacher that is not on this machine: who publishes need not have it.
            reason = "cannot tell which bundle these settings make: " + e.getMessage();
        }
        progress.note(reason + "; taking the newest, " + newest);
        return opened(options, newest);
    }

    /** The digest of the bundle that these settings make. */
    static String digestMade(CommonOptions options) throws IOException {
        SemanticVersion made = made(options)
                .orElseThrow(() -> new IllegalArgumentException("expected a bundle made by these settings in "
                        + directory(options.settings()) + ", found none; retort bundle makes it"));
        return StorageSettings.ofProcess()
                .open()
                .sha256(directory(options.settings()).resolve(made + "/" + BundleNames.CHECKSUMS));
    }

    private static Optional<SemanticVersion> made(CommonOptions options) throws IOException {
        return new BundleVersions(StorageSettings.ofProcess().open(), directory(options.settings()))
                .madeFrom(BundleSpec.of(options.settings()).contentId());
    }

    private static Location directory(Settings settings) {
        String name = BundleNames.require("bundle", settings.config().getString("bundle.name"));
        return Workspace.at(settings.config().getString("workspace")).bundles(name);
    }

    private static SemanticVersion newest(CommonOptions options) throws IOException {
        Location bundles = directory(options.settings());
        return new BundleVersions(StorageSettings.ofProcess().open(), bundles)
                .newest()
                .orElseThrow(() -> new IllegalArgumentException("expected a bundle in " + bundles
                        + ", found none; make one by retort quickstart or name one by --bundle"));
    }

    private static Path opened(CommonOptions options, SemanticVersion version) throws IOException {
        String name = BundleNames.require("bundle", options.settings().config().getString("bundle.name"));
        Workspace workspace = Workspace.at(options.settings().config().getString("workspace"));
        Storage storage = StorageSettings.ofProcess().open();
        BundleShelf shelf = BundleShelf.of(storage, workspace, name);
        // Copies are needed for as long as the command answers, which is as long as the process lives.
        ShutdownHookManager.get().addShutdownHook(() -> removed(shelf), 1);
        return shelf.open(version);
    }

    private static void removed(BundleShelf shelf) {
        try {
            shelf.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove copies of bundles", e);
        }
    }
}
