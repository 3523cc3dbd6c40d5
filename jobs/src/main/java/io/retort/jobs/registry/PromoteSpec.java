package io.retort.jobs.registry;

import io.retort.inference.bundles.BundleNames;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.workspaces.Workspace;

/**
 * Which version is to become the champion.
 *
 * @param workspace where the audit log is
 * @param seed of the settings; gates draw nothing of their own
 * @param registry which registry
 * @param model the bundle's name
 * @param version the version, 0 for the challenger
 * @param gates the gate file, empty for the built-in gates
 */
public record PromoteSpec(
        Workspace workspace, long seed, RegistrySettings registry, String model, int version, String gates)
        implements Spec {
    public PromoteSpec {
        BundleNames.require("model", model);
        if (version < 0) {
            throw new IllegalArgumentException("expected a version from 1 on, found " + version);
        }
    }

    /**
     * The spec that the settings make.
     *
     * @param version the version, 0 for the challenger
     */
    public static PromoteSpec of(Settings settings, int version) {
        String gates = settings.config().getString("registry.gates");
        return new PromoteSpec(
                Workspace.at(settings.config().getString("workspace")),
                settings.config().getLong("seed"),
                RegistrySettings.of(settings),
                settings.config().getString("bundle.name"),
                version,
                gates.isEmpty() ? "" : Workspace.at(gates).root().value());
    }
}
