package io.retort.inference.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The secret that clients show, kept as its digest. Immutable. */
public final class BearerToken {
    private static final String SCHEME = "bearer ";
    private static final int MOST_BYTES = 4096;

    private final byte[] digest;

    /** @throws IllegalArgumentException for what no header field can carry */
    public BearerToken(String secret) {
        if (secret.isEmpty() || !secret.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            throw new IllegalArgumentException("expected a token of printable ASCII without spaces, found another");
        }
        digest = digest(secret);
    }

    /**
     * Reads the token that is the only line of a file.
     *
     * @throws IllegalArgumentException where it holds something else
     */
    public static BearerToken read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException(file + ": expected a token of at most " + MOST_BYTES + " bytes");
        }
        return new BearerToken(
                Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    }

    /** Returns whether an Authorization field shows the secret. How long it takes says nothing of the secret. */
    boolean admits(Optional<String> authorization) {
        String field = authorization.orElse("");
        if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        return MessageDigest.isEqual(
                digest, digest(field.substring(SCHEME.length()).trim()));
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
