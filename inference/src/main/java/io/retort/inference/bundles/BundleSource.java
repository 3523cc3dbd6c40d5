package io.retort.inference.bundles;

import io.retort.inference.digests.Sha256;
import java.util.List;
import java.util.Map;

/** Where the files of a bundle come from: a directory, or memory that a browser filled. */
public interface BundleSource {
    /**
     * What there is.
     *
     * @param sizes in bytes, by path with slashes
     * @param findings what cannot be part of a bundle, such as a symbolic link
     */
    record Listing(Map<String, Long> sizes, List<Finding> findings) {}

    /** Returns what an error calls the bundle. */
    String location();

    /**
     * Returns what there is.
     *
     * @throws BundleException where there is no bundle at all
     */
    Listing list();

    /**
     * Returns the content of a listed file.
     *
     * @throws BundleException where it cannot be read or has more than {@code mostBytes}
     */
    byte[] read(String path, int mostBytes);

    /**
     * Returns the content of a listed file, and adds it to {@code sha256} on the way.
     *
     * @throws BundleException as {@link #read(String, int)}
     */
    default byte[] read(String path, int mostBytes, Sha256 sha256) {
        byte[] content = read(path, mostBytes);
        sha256.update(content);
        return content;
    }

    /**
     * Adds the content of a listed file to {@code sha256}, and keeps none of it where the source can do so.
     *
     * @throws BundleException as {@link #read(String, int)}
     */
    default void digest(String path, int mostBytes, Sha256 sha256) {
        sha256.update(read(path, mostBytes));
    }

    /** Returns how many bytes of the heap it holds of a listed file all the time. */
    default long heldBytes(String path) {
        return 0;
    }
}
