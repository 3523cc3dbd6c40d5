package io.retort.inference.files;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.SignerKey;
import io.retort.inference.digests.Sha256;
import io.retort.inference.signing.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

/**
 * Signs bundles: adds SHA256SUMS.sig to a directory and changes nothing else, so that a bundle is signed or not, and by one key.
 * Stateless, thread-safe.
 */
public final class BundleSigner {
    /** What {@link #sign} did. */
    public enum Outcome {
        /** The signature was added. */
        SIGNED,
        /** The very same signature was there. */
        UNCHANGED
    }

    private BundleSigner() {}

    /**
     * Signs the bundle in {@code directory}, whose every file is checked before. A reader sees the whole signature or none.
     *
     * @throws BundleException where the bundle would be refused, or has another signature
     */
    public static Outcome sign(Path directory, SigningKey key) throws IOException {
        BundleDirectory source = new BundleDirectory(directory);
        Bundle bundle = BundleDirectory.open(directory);
        byte[] checksums = source.read(BundleNames.CHECKSUMS, BundleNames.mostBytes(BundleNames.CHECKSUMS));
        if (!Sha256.hex(checksums).equals(bundle.digest())) {
            throw new BundleException(directory + ": expected " + BundleNames.CHECKSUMS
                    + " as it was checked, found it changed meanwhile");
        }
        byte[] signature = key.sign(checksums).toBytes();
        if (bundle.signer().isPresent()) {
            return signedAlready(source, bundle, signature, key);
        }
        try {
            publish(directory.toRealPath(), signature);
            return Outcome.SIGNED;
        } catch (FileAlreadyExistsException e) {
            // Somebody else was quicker, perhaps with the same key.
            return signedAlready(source, BundleDirectory.open(directory), signature, key);
        }
    }

    private static Outcome signedAlready(BundleDirectory source, Bundle bundle, byte[] signature, SigningKey key) {
        byte[] there = source.read(BundleNames.SIGNATURE, BundleNames.mostBytes(BundleNames.SIGNATURE));
        if (Arrays.equals(there, signature)) {
            return Outcome.UNCHANGED;
        }
        throw new BundleException(source.location() + ": expected an unsigned bundle or one with this signature by "
                + key.signer().fingerprint() + ", found another by "
                + bundle.signer().map(SignerKey::fingerprint).orElse("nobody"));
    }

    /**
     * Writes the signature beside the directory, within which an unfinished file would be one too many for a reader, and puts it
     * in its place.
     *
     * @throws FileAlreadyExistsException where there is a signature, which stays as it is
     */
    static void publish(Path directory, byte[] signature) throws IOException {
        Path written = directory.resolveSibling(".writing-" + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(signature);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            putInPlace(written, directory.resolve(BundleNames.SIGNATURE));
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /**
     * A link is made only where there is no file, in one step. A move is not: on Unix it looks first and then renames, over what
     * has come meanwhile. It is left to file systems without links, where of two that sign within that moment the later one stays.
     */
    private static void putInPlace(Path written, Path signature) throws IOException {
        try {
            Files.createLink(signature, written);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            try {
                Files.move(written, signature);
            } catch (IOException again) {
                again.addSuppressed(e);
                throw again;
            }
        }
    }
}
