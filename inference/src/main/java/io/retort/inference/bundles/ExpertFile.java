package io.retort.inference.bundles;

import io.retort.inference.digests.Sha256;

/**
 * The weights of an expert where its bundle has them. Immutable, thread-safe as its source is.
 *
 * @param sha256 of what was checked when the bundle was opened
 * @param bytes of the file
 */
public record ExpertFile(BundleSource source, String path, String sha256, int bytes) {

    /**
     * Reads the file.
     *
     * @throws BundleException where it cannot be read or has changed since the bundle was opened
     */
    public byte[] read() {
        Sha256 digest = new Sha256();
        byte[] content = source.read(path, bytes, digest);
        if (!digest.hex().equals(sha256)) {
            throw new BundleException(source.location() + ": " + path + ": expected SHA-256 " + sha256
                    + " as when the bundle was opened, found " + digest.hex());
        }
        return content;
    }

    /** Bytes of the heap that the source holds of it whether it is read or not. */
    public long heldBytes() {
        return source.heldBytes(path);
    }
}
