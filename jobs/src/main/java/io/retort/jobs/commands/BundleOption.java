package io.retort.jobs.commands;

import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.jobs.bundle.BundleVersions;
import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Path;
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
        SemanticVersion newest = new BundleVersions(StorageSettings.ofProcess().open(), workspace.bundles(name))
                .newest()
                .orElseThrow(() -> new IllegalArgumentException("expected a bundle in " + workspace.bundles(name)
                        + ", found none; make one by retort quickstart or name one by --bundle"));
        return workspace
                .local()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a bundle on a local filesystem, found workspace " + workspace + "; copy "
                                + workspace.bundles(name) + "/" + newest + " here and name it by --bundle"))
                .resolve("bundles/" + name + "/" + newest);
    }
}
