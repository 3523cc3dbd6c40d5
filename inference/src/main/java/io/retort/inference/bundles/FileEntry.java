package io.retort.inference.bundles;

import io.retort.inference.digests.Sha256;

/**
 * A file as the manifest has it.
 *
 * @param path in the bundle, with slashes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record FileEntry(String path, long bytes, String sha256) {
    static final int DIGEST_LENGTH = 64;

    public FileEntry {
        if (bytes < 0 || bytes > BundleNames.mostBytes(path)) {
            throw new IllegalArgumentException(
                    "expected 0 to " + BundleNames.mostBytes(path) + " bytes of " + path + ", found " + bytes);
        }
        requireDigest(sha256);
    }

    /** Returns the entry of a file with this content. */
    public static FileEntry of(String path, byte[] content) {
        return new FileEntry(path, content.length, Sha256.hex(content));
    }

    static String requireDigest(String text) {
        boolean valid = text.length() == DIGEST_LENGTH;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            valid &= (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "expected " + DIGEST_LENGTH + " lower-case hexadecimal digits as SHA-256, found \"" + text + "\"");
        }
        return text;
    }
}
