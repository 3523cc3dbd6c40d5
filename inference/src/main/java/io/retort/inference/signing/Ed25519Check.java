package io.retort.inference.signing;

import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.SignatureCheck;
import io.retort.inference.bundles.SignerKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/**
 * Checks signatures by {@code java.security}, whose Ed25519 is in JDK 15 and later and in Android 13 and later. Nothing of it is looked
 * for before a signature is checked, so an unsigned bundle opens where it is missing. Stateless, thread-safe.
 */
public final class Ed25519Check implements SignatureCheck {
    /** The check. */
    public static final Ed25519Check INSTANCE = new Ed25519Check();

    static final String ALGORITHM = "Ed25519";

    private Ed25519Check() {}

    @Override
    public boolean holds(SignerKey key, byte[] message, byte[] signature) {
        KeyFactory factory;
        Signature verifier;
        try {
            factory = KeyFactory.getInstance(ALGORITHM);
            verifier = Signature.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new BundleException(
                    "the bundle is signed by " + key.fingerprint() + ", and this Java platform has no " + ALGORITHM, e);
        }
        try {
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(KeyEncoding.ofPublic(key)));
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // So the JDK tells of a key that is no point, of an R that is none, and of an S that is too large.
            return false;
        }
    }
}
