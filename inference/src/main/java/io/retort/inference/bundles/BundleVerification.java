package io.retort.inference.bundles;

import java.util.List;
import java.util.Optional;

/**
 * All that is wrong with a bundle; nothing where it can be opened.
 *
 * @param signer whose signature holds; empty for an unsigned bundle, and where the signature is at fault
 */
public record BundleVerification(String location, List<Finding> findings, Optional<SignerKey> signer) {
    public BundleVerification {
        findings = List.copyOf(findings);
    }

    /**
     * Checks all that {@link Bundle#open} checks, and goes on after the first finding.
     *
     * @throws BundleException where there is no bundle at all
     */
    public static BundleVerification of(BundleSource source) {
        return of(source, Trust.anyone(SignatureCheck.UNAVAILABLE));
    }

    /**
     * Checks all that {@link Bundle#open(BundleSource, Trust)} checks; what is not signed as it must be is looked at no further.
     *
     * @throws BundleException where there is no bundle at all
     */
    public static BundleVerification of(BundleSource source, Trust trust) {
        BundleInspector inspector = new BundleInspector(source, trust);
        inspector.inspect();
        return new BundleVerification(source.location(), inspector.findings(), inspector.signer());
    }

    /** Returns whether nothing was found. */
    public boolean passed() {
        return findings.isEmpty();
    }
}
