package io.retort.inference.bundles;

import io.retort.inference.text.Names;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose bundles are opened. A signature that does not hold is refused whoever is trusted. Immutable, thread-safe.
 */
public final class Trust {
    private final Set<String> fingerprints;
    private final SignatureCheck check;

    private Trust(Collection<String> fingerprints, SignatureCheck check) {
        this.fingerprints = new LinkedHashSet<>(Names.sorted(fingerprints));
        this.check = check;
    }

    /** Opens unsigned bundles, and those that anybody signed. */
    public static Trust anyone(SignatureCheck check) {
        return new Trust(List.of(), check);
    }

    /**
     * Opens only what one of these keys signed.
     *
     * @param fingerprints at least one: {@link SignerKey#fingerprint}
     * @throws IllegalArgumentException for none, and for what is no fingerprint
     */
    public static Trust only(Collection<String> fingerprints, SignatureCheck check) {
        if (fingerprints.isEmpty()) {
            throw new IllegalArgumentException("expected at least one fingerprint to trust, found none");
        }
        fingerprints.forEach(Trust::requireFingerprint);
        return new Trust(fingerprints, check);
    }

    /** Returns {@code text} where it is written as a fingerprint: 64 lower-case hexadecimal digits. */
    public static String requireFingerprint(String text) {
        return FileEntry.requireDigest(text);
    }

    /**
     * Returns who signed a bundle, empty for an unsigned one that may be opened.
     *
     * @param checksums the bytes of SHA256SUMS
     * @param signature those of SHA256SUMS.sig, null where there is none
     * @throws IllegalArgumentException where the bundle is not to be opened, with the fingerprints expected and found
     */
    Optional<SignerKey> signer(byte[] checksums, byte @Nullable [] signature) {
        if (signature == null) {
            if (!fingerprints.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected a signature by " + String.join(" or ", fingerprints) + ", found an unsigned bundle");
            }
            return Optional.empty();
        }
        BundleSignature found = check.read(signature);
        String fingerprint = found.key().fingerprint();
        if (!fingerprints.isEmpty() && !fingerprints.contains(fingerprint)) {
            throw new IllegalArgumentException(
                    "expected a signature by " + String.join(" or ", fingerprints) + ", found one by " + fingerprint);
        }
        if (!check.holds(found.key(), BundleSignature.message(checksums), found.signature())) {
            throw new IllegalArgumentException("expected a signature of this " + BundleNames.CHECKSUMS + " by "
                    + fingerprint + ", found one that does not hold");
        }
        return Optional.of(found.key());
    }
}
