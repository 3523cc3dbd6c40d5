package io.retort.inference.bundles;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The file SHA256SUMS.sig: who signed a bundle, and the signature. Immutable, thread-safe.
 *
 * <p>Three lines, each with a newline, and nothing else: {@value #HEADER}; the public key, 32 bytes in base64; the signature, 64
 * bytes in base64. There is exactly one file for a key and a signature.
 */
public final class BundleSignature {
    /** The length of a signature: R, then S. */
    public static final int BYTES = 64;

    /** The first line. */
    static final String HEADER = "retort-signature 1 ed25519";

    /**
     * Goes in front of what is signed, so that a key's signature of a bundle is no signature of anything else, nor the other way
     * round.
     */
    private static final String CONTEXT = "retort-bundle-signature-1\n";

    /** L, the order of the base point, little-endian (RFC 8032, section 5.1). */
    private static final int[] ORDER = {
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10
    };

    private final SignerKey key;
    private final byte[] signature;

    /**
     * A signature by {@code key}.
     *
     * @throws IllegalArgumentException for another length than {@value #BYTES}, or an S that is not below the group's order: of such a
     *     signature there would be a second one without the private key
     */
    public BundleSignature(SignerKey key, byte[] signature) {
        if (signature.length != BYTES) {
            throw new IllegalArgumentException(
                    "expected a signature of " + BYTES + " bytes, found " + signature.length);
        }
        if (!isBelowOrder(signature)) {
            throw new IllegalArgumentException(
                    "expected a signature whose S is below the group's order, found another");
        }
        this.key = key;
        this.signature = signature.clone();
    }

    private static boolean isBelowOrder(byte[] signature) {
        for (int i = ORDER.length - 1; i >= 0; i--) {
            int s = signature[BYTES / 2 + i] & 0xFF;
            if (s != ORDER[i]) {
                return s < ORDER[i];
            }
        }
        return false;
    }

    /** Returns the bytes that a signature is of: the context, then SHA256SUMS. */
    public static byte[] message(byte[] checksums) {
        byte[] context = CONTEXT.getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(context, context.length + checksums.length);
        System.arraycopy(checksums, 0, message, context.length, checksums.length);
        return message;
    }

    /**
     * Returns what {@code file} says.
     *
     * @throws IllegalArgumentException where it is not byte for byte as {@link #toBytes} writes it, or holds a key that is refused
     */
    public static BundleSignature parse(byte[] file) {
        List<String> lines = lines(new String(file, StandardCharsets.ISO_8859_1));
        if (lines.size() != 3 || file[file.length - 1] != '\n' || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException(
                    "expected three lines, \"" + HEADER + "\", a public key and a signature, found other text");
        }
        BundleSignature read = new BundleSignature(
                SignerKey.of(decode("a public key", lines.get(1))), decode("a signature", lines.get(2)));
        if (!Arrays.equals(read.toBytes(), file)) {
            throw new IllegalArgumentException("expected base64 in its one canonical form, found another");
        }
        return read;
    }

    /** The lines of a text, without what follows the last newline where nothing does. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(text.substring(from, end));
            from = end + 1;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    private static byte[] decode(String what, String line) {
        try {
            return Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected " + what + " in base64, found \"" + line + "\"", e);
        }
    }

    /** Returns the file's bytes. */
    public byte[] toBytes() {
        return (HEADER + "\n" + key.base64() + "\n" + Base64.getEncoder().encodeToString(signature) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns who signed, if the signature holds. */
    public SignerKey key() {
        return key;
    }

    /** Returns the {@value #BYTES} bytes R and S. */
    public byte[] signature() {
        return signature.clone();
    }
}
