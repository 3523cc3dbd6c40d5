package io.retort.inference.bundles.hostile;

import io.retort.inference.bundles.Trust;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * A bundle that must be refused, whatever else is right with it.
 *
 * @param kind what was done, the same for all of its kind
 * @param detail where and how
 * @param seal whether every digest is right, so that what reads the file has to find the fault
 * @param files all files by path, made when they are asked for
 * @param trust whom the one who opens it trusts
 */
record Mutation(String kind, String detail, Seal seal, Supplier<SortedMap<String, byte[]>> files, Trust trust) {
    /** Whether digests are right. */
    enum Seal {
        /** They are of other contents, or whatever they happen to be. */
        BROKEN,
        /** They are those of the spoilt files. */
        RIGHT
    }

    /** A digest of all names and contents, to tell equal mutations. */
    static String content(SortedMap<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, content) -> {
                digest.update(
                        (path.length() + " " + content.length + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return kind + ": " + (detail.length() > 200 ? detail.substring(0, 200) + "…" : detail);
    }
}
