package io.retort.inference.bundles;

import java.util.List;

/** All that is wrong with a bundle; nothing where it can be opened. */
public record BundleVerification(String location, List<Finding> findings) {
    public BundleVerification {
        findings = List.copyOf(findings);
    }

    /**
     * Checks all that {@link Bundle#open} checks, and goes on after the first finding.
     *
     * @throws BundleException where there is no bundle at all
     */
    public static BundleVerification of(BundleSource source) {
        BundleInspector inspector = new BundleInspector(source);
        inspector.inspect();
        return new BundleVerification(source.location(), inspector.findings());
    }

    /** Returns whether nothing was found. */
    public boolean passed() {
        return findings.isEmpty();
    }
}
