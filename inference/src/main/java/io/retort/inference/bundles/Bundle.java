package io.retort.inference.bundles;

import io.retort.inference.routing.Router;
import io.retort.inference.students.Student;
import java.util.List;
import java.util.Optional;

/**
 * A bundle whose every file was checked. Immutable, thread-safe.
 *
 * @param digest SHA-256 of SHA256SUMS, which stands for all of it
 * @param experts in the order of the manifest and of the router
 * @param signer who signed it, empty for an unsigned one
 */
public record Bundle(
        BundleManifest manifest, String digest, List<Expert> experts, Router router, Optional<SignerKey> signer) {
    public Bundle {
        experts = List.copyOf(experts);
    }

    /** An unsigned bundle. */
    public Bundle(BundleManifest manifest, String digest, List<Expert> experts, Router router) {
        this(manifest, digest, experts, router, Optional.empty());
    }

    /**
     * Opens an unsigned bundle: format, sizes, digests and shapes are checked before any weight is used.
     *
     * @throws BundleException with the first thing that is wrong; for a signed one, as there is nothing to check it with
     */
    public static Bundle open(BundleSource source) {
        return open(source, Trust.anyone(SignatureCheck.UNAVAILABLE));
    }

    /**
     * Opens a bundle of somebody who is trusted: the signature is checked before anything else is looked at, and format, sizes, digests
     * and shapes before any weight is used.
     *
     * @throws BundleException with the first thing that is wrong
     */
    public static Bundle open(BundleSource source, Trust trust) {
        return open(source, new BundleInspector(source, trust));
    }

    /**
     * Opens a bundle as {@link #open(BundleSource, Trust)} does, and keeps the students that were decoded to check it.
     *
     * @throws BundleException with the first thing that is wrong
     */
    public static Bundle open(BundleSource source, Trust trust, CheckedStudents students) {
        return open(source, new BundleInspector(source, trust) {
            @Override
            void checked(Expert expert, Student student) {
                students.keep(expert, student);
            }
        });
    }

    private static Bundle open(BundleSource source, BundleInspector inspector) {
        Bundle bundle = inspector.inspect();
        List<Finding> findings = inspector.findings();
        if (bundle == null || !findings.isEmpty()) {
            String more = findings.size() > 1 ? " (and " + (findings.size() - 1) + " more findings)" : "";
            throw new BundleException(source.location() + ": " + findings.get(0) + more);
        }
        return bundle;
    }
}
