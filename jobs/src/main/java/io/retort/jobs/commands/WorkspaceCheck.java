package io.retort.jobs.commands;

import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out before any work whether a workspace on this machine can be written to. */
final class WorkspaceCheck {
    private WorkspaceCheck() {}

    /**
     * Makes the workspace's directory where it is a local one and does not exist.
     *
     * @throws IllegalArgumentException if it is something else than a directory, or cannot be made or written to
     */
    static void requireWritable(Workspace workspace) {
        if (workspace.local().isEmpty()) {
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
}
