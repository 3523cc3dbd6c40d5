package io.retort.inference.bundles;

/**
 * Checks Ed25519 signatures (RFC 8032, section 5.1.7) by what a platform has for it. The JVM's is {@code
 * io.retort.inference.signing.Ed25519Check}; a browser has WebCrypto, and asks it before it opens the bundle. Implementations are thread-safe.
 */
@FunctionalInterface
public interface SignatureCheck {
    /** Refuses whatever is signed, for where there is nothing to check with: what cannot be checked is not opened. */
    SignatureCheck UNAVAILABLE = (key, message, signature) -> {
        throw new BundleException("the bundle is signed by " + key.fingerprint()
                + ", and this runtime was given nothing to check signatures with");
    };

    /**
     * Reads the file of a signature that is to be checked.
     *
     * @throws IllegalArgumentException where it is none
     * @throws BundleException where there is no need to read what cannot be checked
     */
    default BundleSignature read(byte[] file) {
        return BundleSignature.parse(file);
    }

    /**
     * Returns whether {@code signature} is one of {@code message} by {@code key}: false also where the key is no point of the curve.
     *
     * @param message what was signed: {@link BundleSignature#message}
     * @param signature R and S, 64 bytes
     * @throws BundleException where the platform cannot check signatures
     */
    boolean holds(SignerKey key, byte[] message, byte[] signature);
}
