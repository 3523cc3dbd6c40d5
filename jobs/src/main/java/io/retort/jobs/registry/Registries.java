package io.retort.jobs.registry;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.leases.Leases;
import io.retort.jobs.leases.Timing;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.workspaces.Workspace;
import java.time.Clock;

/** Opens registries: the one place that knows which there are. */
@FunctionalInterface
public interface Registries {
    /** The workspace's, whatever the settings say. */
    Registries IN_WORKSPACE = (storage, workspace, settings) -> new WorkspaceRegistry(
            storage,
            workspace,
            new Leases(storage, workspace.leases(), Timing.STANDARD, Progress.SILENT),
            Clock.systemUTC());

    /** The registry of the settings. */
    ModelRegistry open(Storage storage, Workspace workspace, RegistrySettings settings);
}
