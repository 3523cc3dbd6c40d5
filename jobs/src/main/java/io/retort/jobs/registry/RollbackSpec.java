package io.retort.jobs.registry;

import io.retort.inference.bundles.BundleNames;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.workspaces.Workspace;

/**
 * Which model's champion to take back.
 *
 * @param workspace where the audit log is
 * @param seed of the settings
 * @param registry which registry
 * @param model the bundle's name
 */
public record RollbackSpec(Workspace workspace, long seed, RegistrySettings registry, String model) implements Spec {
    public RollbackSpec {
        BundleNames.require("model", model);
    }

    /** The spec that the settings make. */
    public static RollbackSpec of(Settings settings) {
        return new RollbackSpec(
                Workspace.at(settings.config().getString("workspace")),
                settings.config().getLong("seed"),
                RegistrySettings.of(settings),
                settings.config().getString("bundle.name"));
    }
}
