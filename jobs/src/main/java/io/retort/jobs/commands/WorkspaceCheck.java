package io.retort.jobs.commands;

import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out before any work whether a workspace can be written to, or at least be reached. */
final class WorkspaceCheck {
    private WorkspaceCheck() {}

    /**
     * Makes the workspace's directory where it is a local one and does not exist; asks for another.
     *
     * @throws IllegalArgumentException if it is something else than a directory, or cannot be made or written to
     */
    static void requireWritable(Workspace workspace) {
        if (workspace.local().isEmpty()) {
            requireReachable(workspace);
            return;
        }
        Path directory = workspace.local().get();
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IllegalArgumentException("expected a directory as the workspace, found a file at " + directory);
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "expected a workspace that can be made at " + directory + ", found: " + e, e);
        }
        if (!Files.isWritable(directory)) {
            throw new IllegalArgumentException(
                    "expected a workspace that can be written to, found no permission for " + directory);
        }
    }

    /** A scheme, a host, a bucket or credentials that are not there are told before a run and not in the midst of it. */
    private static void requireReachable(Workspace workspace) {
        try {
            StorageSettings.ofProcess().open().exists(workspace.leases());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "expected a workspace that can be reached at " + workspace + ", found: " + e.getMessage()
                            + " (docs/cluster.md has what each kind of file system needs)",
                    e);
        }
    }
}
