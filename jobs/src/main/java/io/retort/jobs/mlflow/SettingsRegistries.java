package io.retort.jobs.mlflow;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.leases.Leases;
import io.retort.jobs.leases.Timing;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.registry.ModelRegistry;
import io.retort.jobs.registry.Registries;
import io.retort.jobs.registry.RegistrySettings;
import io.retort.jobs.workspaces.Workspace;
import java.time.Clock;
import java.time.Duration;

/** The workspace's registry, or MLflow's where the settings name a server. */
public final class SettingsRegistries implements Registries {
    private final Progress progress;

    public SettingsRegistries(Progress progress) {
        this.progress = progress;
    }

    @Override
    public ModelRegistry open(Storage storage, Workspace workspace, RegistrySettings settings) {
        if (settings.inWorkspace()) {
            return Registries.IN_WORKSPACE.open(storage, workspace, settings);
        }
        Duration patience = Duration.ofSeconds(settings.patienceSeconds());
        MlflowServer server =
                new MlflowServer(settings.url(), Credentials.of(System.getenv()), Patience.each(patience));
        Leases leases = new Leases(storage, workspace.leases(), Timing.STANDARD, progress);
        Turns turns = Turns.of(server, patience, progress);
        return new MlflowRegistry(server, settings.experiment(), storage, workspace, leases, turns, Clock.systemUTC());
    }
}
