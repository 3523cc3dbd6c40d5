package io.retort.inference.bundles;

import io.retort.inference.routing.Router;
import java.util.List;

/**
 * A bundle whose every file was checked. Immutable, thread-safe.
 *
 * @param digest SHA-256 of SHA256SUMS, which stands for all of it
 * @param experts in the order of the manifest and of the router
 */
public record Bundle(BundleManifest manifest, String digest, List<Expert> experts, Router router) {
    public Bundle {
        experts = List.copyOf(experts);
    }

    /**
     * Opens a bundle: format, sizes, digests and shapes are checked before any weight is used.
     *
     * @throws BundleException with the first thing that is wrong
     */
    public static Bundle open(BundleSource source) {
        BundleInspector inspector = new BundleInspector(source);
        Bundle bundle = inspector.inspect();
        List<Finding> findings = inspector.findings();
        if (bundle == null || !findings.isEmpty()) {
            String more = findings.size() > 1 ? " (and " + (findings.size() - 1) + " more findings)" : "";
            throw new BundleException(source.location() + ": " + findings.get(0) + more);
        }
        return bundle;
    }
}
