package io.retort.inference.signing;

import io.retort.inference.bundles.BundleSignature;
import io.retort.inference.bundles.SignerKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** A private Ed25519 key with its public one: signs bundles. Says nothing of the private key but in PEM. Thread-safe. */
public final class SigningKey {
    private final byte[] seed;
    private final SignerKey signer;

    private SigningKey(byte[] seed, SignerKey signer) {
        this.seed = seed;
        this.signer = signer;
    }

    /** Returns a new key, drawn from the platform's secure random numbers. */
    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(Ed25519Check.ALGORITHM).generateKeyPair();
            byte[] spki = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(spki, spki.length - SignerKey.BYTES, spki.length);
            return checked(KeyEncoding.seedOf(pair.getPrivate().getEncoded()), SignerKey.of(raw));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected a Java platform that has Ed25519: JDK 15 or later", e);
        }
    }

    /**
     * Returns the key that two texts in PEM write.
     *
     * @param privatePem PKCS#8
     * @param publicPem SubjectPublicKeyInfo; the JDK has no way to get it from the private key
     * @throws IllegalArgumentException where one of them is no Ed25519 key, or they do not belong together
     */
    public static SigningKey of(String privatePem, String publicPem) {
        return checked(KeyEncoding.readPrivate(privatePem), readPublic(publicPem));
    }

    /**
     * Returns the public key that a text in PEM (SubjectPublicKeyInfo) writes.
     *
     * @throws IllegalArgumentException where it is no Ed25519 key, or a refused one
     */
    public static SignerKey readPublic(String publicPem) {
        return KeyEncoding.readPublic(publicPem);
    }

    private static SigningKey checked(byte[] seed, SignerKey signer) {
        SigningKey key = new SigningKey(seed, signer);
        byte[] probe = {1};
        if (!Ed25519Check.INSTANCE.holds(signer, probe, key.rawSignature(probe))) {
            throw new IllegalArgumentException("expected a private key and its public key, found the public key "
                    + signer.fingerprint() + " of another");
        }
        return key;
    }

    /** Returns the public key. */
    public SignerKey signer() {
        return signer;
    }

    /** Returns the signature of a bundle with these bytes as its SHA256SUMS; the same bytes give the same signature. */
    public BundleSignature sign(byte[] checksums) {
        return new BundleSignature(signer, rawSignature(BundleSignature.message(checksums)));
    }

    /** Returns R and S of any message. */
    byte[] rawSignature(byte[] message) {
        try {
            PrivateKey key = KeyFactory.getInstance(Ed25519Check.ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(KeyEncoding.ofPrivate(seed)));
            Signature signature = Signature.getInstance(Ed25519Check.ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected a Java platform that has Ed25519: JDK 15 or later", e);
        }
    }

    /** Returns the private key as PKCS#8 in PEM: a secret. */
    public String privatePem() {
        return KeyEncoding.privatePem(seed);
    }

    /** Returns the public key as SubjectPublicKeyInfo in PEM. */
    public String publicPem() {
        return KeyEncoding.publicPem(signer);
    }

    @Override
    public String toString() {
        return "signing key " + signer.fingerprint();
    }
}
