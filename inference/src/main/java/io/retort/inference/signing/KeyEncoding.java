package io.retort.inference.signing;

import io.retort.inference.bundles.SignerKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Ed25519 keys as RFC 8410 writes them: DER in PEM (RFC 7468), as OpenSSL does too. The DER of a kind of key is always the same bytes
 * before the key itself, so nothing need be parsed: what begins otherwise is another kind of key.
 */
final class KeyEncoding {
    /** RFC 8410, section 4: SubjectPublicKeyInfo of id-Ed25519 and a bit string of 32 bytes. */
    private static final byte[] PUBLIC_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
    };
    /** RFC 8410, section 7: PrivateKeyInfo of version 0, id-Ed25519, and an octet string in an octet string, of 32 bytes. */
    private static final byte[] PRIVATE_PREFIX = {
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20
    };

    private static final String PUBLIC_LABEL = "PUBLIC KEY";
    private static final String PRIVATE_LABEL = "PRIVATE KEY";
    private static final int SEED_BYTES = 32;
    private static final int LINE = 64;

    private KeyEncoding() {}

    static byte[] ofPublic(SignerKey key) {
        return concatenate(PUBLIC_PREFIX, key.bytes());
    }

    static byte[] ofPrivate(byte[] seed) {
        return concatenate(PRIVATE_PREFIX, seed);
    }

    static String publicPem(SignerKey key) {
        return pem(PUBLIC_LABEL, ofPublic(key));
    }

    static String privatePem(byte[] seed) {
        return pem(PRIVATE_LABEL, ofPrivate(seed));
    }

    static SignerKey readPublic(String pem) {
        return SignerKey.of(read(pem, PUBLIC_LABEL, PUBLIC_PREFIX, SignerKey.BYTES));
    }

    static byte[] readPrivate(String pem) {
        return read(pem, PRIVATE_LABEL, PRIVATE_PREFIX, SEED_BYTES);
    }

    static byte[] seedOf(byte[] pkcs8) {
        return content(pkcs8, PRIVATE_LABEL, PRIVATE_PREFIX, SEED_BYTES);
    }

    private static byte[] read(String pem, String label, byte[] prefix, int length) {
        String text = pem.strip();
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        if (!text.startsWith(begin) || !text.endsWith(end) || text.length() < begin.length() + end.length()) {
            throw new IllegalArgumentException("expected one PEM block of a " + label + ", found other text");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(text.substring(begin.length(), text.length() - end.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected base64 in the PEM block of a " + label, e);
        }
        return content(der, label, prefix, length);
    }

    private static byte[] content(byte[] der, String label, byte[] prefix, int length) {
        boolean known =
                der.length == prefix.length + length && Arrays.equals(der, 0, prefix.length, prefix, 0, prefix.length);
        if (!known) {
            throw new IllegalArgumentException("expected an Ed25519 " + label + " of " + (prefix.length + length)
                    + " bytes of DER, found another kind of key of " + der.length + " bytes");
        }
        return Arrays.copyOfRange(der, prefix.length, der.length);
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
