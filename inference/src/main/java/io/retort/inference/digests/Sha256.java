package io.retort.inference.digests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits; an instance digests one stream and is not thread-safe. */
public final class Sha256 {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final MessageDigest digest;

    /** A digest of nothing yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has to provide SHA-256.
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    /** Returns the digest of {@code bytes}. */
    public static String hex(byte[] bytes) {
        return new Sha256().update(bytes).hex();
    }

    /** Returns the digest of all that is left of {@code stream}, which stays open. */
    public static String hex(InputStream stream) throws IOException {
        Sha256 sha256 = new Sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            sha256.update(buffer, 0, n);
        }
        return sha256.hex();
    }

    /** Returns the digest of the file at {@code path}. */
    public static String hex(Path path) throws IOException {
        try (InputStream stream = Files.newInputStream(path)) {
            return hex(stream);
        }
    }

    /** Adds all of {@code bytes}; returns this. */
    public Sha256 update(byte[] bytes) {
        return update(bytes, 0, bytes.length);
    }

    /** Adds {@code length} of {@code bytes} from {@code offset}; returns this. */
    public Sha256 update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    /** Returns the digest of all that was added, and starts anew. */
    public String hex() {
        byte[] value = digest.digest();
        char[] digits = new char[value.length * 2];
        for (int i = 0; i < value.length; i++) {
            digits[2 * i] = HEX[(value[i] >> 4) & 0xF];
            digits[2 * i + 1] = HEX[value[i] & 0xF];
        }
        return new String(digits);
    }
}
