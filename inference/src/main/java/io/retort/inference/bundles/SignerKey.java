package io.retort.inference.bundles;

import io.retort.inference.digests.Sha256;
import io.retort.inference.text.Hex;
import java.util.Arrays;
import java.util.Base64;

/**
 * The public key of who signs bundles: the 32 bytes of an Ed25519 key (RFC 8032, section 5.1.5). A user trusts it by its
 * fingerprint. Immutable, thread-safe.
 *
 * <p>Keys under which signatures mean nothing are refused. With a point of small order as the key, somebody without any private
 * key can make signatures that hold for many messages; with a second encoding of a point, one key has two fingerprints.
 */
public final class SignerKey {
    /** The length of a key. */
    public static final int BYTES = 32;

    private static final int SIGN_BIT = 0x80;

    /** The y of the 8 points whose order divides the cofactor, as little-endian hexadecimal digits; x has either sign. */
    private static final String[] SMALL_ORDER = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
    };

    private final byte[] bytes;

    private SignerKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the key of these {@value #BYTES} bytes. Whether they are a point of the curve is only found where a signature is checked.
     *
     * @throws IllegalArgumentException for another length, a point of small order, or a coordinate of p or more
     */
    public static SignerKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("expected a public key of " + BYTES + " bytes, found " + bytes.length);
        }
        byte[] y = bytes.clone();
        y[BYTES - 1] &= (byte) ~SIGN_BIT;
        if (isAtLeastPrime(y)) {
            throw new IllegalArgumentException(
                    "expected a public key whose coordinate is below 2^255 - 19, found another encoding of a point");
        }
        if (Arrays.asList(SMALL_ORDER).contains(Hex.of(y))) {
            throw new IllegalArgumentException("expected a public key that one private key belongs to, found "
                    + Hex.of(bytes) + ", a point of small order, under which anybody can sign");
        }
        return new SignerKey(bytes.clone());
    }

    /** Whether a number of 255 bits, little-endian, is 2^255 - 19 or more. */
    private static boolean isAtLeastPrime(byte[] y) {
        boolean high = y[BYTES - 1] == 0x7F && (y[0] & 0xFF) >= 0xED;
        for (int i = 1; i < BYTES - 1; i++) {
            high &= y[i] == (byte) 0xFF;
        }
        return high;
    }

    /** Returns the {@value #BYTES} bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns what a user compares and trusts: the SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
    public String fingerprint() {
        return Sha256.hex(bytes);
    }

    /** Returns the bytes in base64, 44 characters. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignerKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return fingerprint();
    }
}
