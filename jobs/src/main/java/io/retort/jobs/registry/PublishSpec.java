package io.retort.jobs.registry;

import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.workspaces.Workspace;
import java.nio.file.Path;

/**
 * What bundle to register where.
 *
 * @param workspace where the report is that the bundle was measured by
 * @param seed of the settings
 * @param registry which registry
 * @param bundle the bundle's directory on this machine
 */
public record PublishSpec(Workspace workspace, long seed, RegistrySettings registry, String bundle) implements Spec {
    /** The spec that the settings make. */
    public static PublishSpec of(Settings settings, Path bundle) {
        return new PublishSpec(
                Workspace.at(settings.config().getString("workspace")),
                settings.config().getLong("seed"),
                RegistrySettings.of(settings),
                bundle.toAbsolutePath().normalize().toString());
    }
}
