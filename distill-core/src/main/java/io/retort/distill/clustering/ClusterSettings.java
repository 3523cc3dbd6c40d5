package io.retort.distill.clustering;

import java.io.Serializable;

/**
 * How a corpus is cut into clusters.
 *
 * @param clusters how many, at least 2
 * @param buckets into which words are hashed
 * @param dimensions of the points
 * @param iterations of the k-means
 * @param largest documents of a cluster at most, as a multiple of the mean; at least 1
 * @param seed of the first centres
 */
public record ClusterSettings(int clusters, int buckets, int dimensions, int iterations, double largest, long seed)
        implements Serializable {
    private static final int MOST_CLUSTERS = 4096;
    private static final int MOST_NUMBERS = 1 << 24;

    public ClusterSettings {
        if (clusters < 2 || clusters > MOST_CLUSTERS) {
            throw new IllegalArgumentException("expected 2 to " + MOST_CLUSTERS + " clusters, found " + clusters);
        }
        if (dimensions < 1 || buckets < dimensions || (long) buckets * dimensions > MOST_NUMBERS || iterations < 1) {
            throw new IllegalArgumentException("expected at least one dimension and iteration, as many buckets as"
                    + " dimensions or more, and at most " + MOST_NUMBERS + " numbers of a projection, found "
                    + dimensions
                    + ", " + iterations + " and " + buckets);
        }
        if (!(largest >= 1) || Double.isInfinite(largest)) {
            throw new IllegalArgumentException(
                    "expected the largest cluster as a multiple of the mean, at least 1, found " + largest);
        }
    }

    /** The most documents a cluster may have; all clusters together have room for all. */
    public long capacity(long documents) {
        return (long) Math.max(Math.ceil((double) documents / clusters), Math.floor(largest * documents / clusters));
    }
}
