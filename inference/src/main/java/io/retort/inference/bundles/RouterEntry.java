package io.retort.inference.bundles;

/** The router as the manifest has it; {@code parameters} counts its trained numbers. */
public record RouterEntry(long parameters, FileEntry weights, FileEntry config) {
    public RouterEntry {
        ExpertEntry.requirePath(weights, BundleNames.ROUTER_WEIGHTS);
        ExpertEntry.requirePath(config, BundleNames.ROUTER_CONFIG);
        if (parameters < 1) {
            throw new IllegalArgumentException("expected at least 1 parameter of the router, found " + parameters);
        }
    }
}
