package io.retort.datasets.bytes;

/**
 * How much of the marginal over tokens is computed; each method includes those before it. The later ones cost more and
 * are closer to the teacher; the earlier ones are kept to measure by how much.
 */
public enum AlignmentMethod {
    /** Tokens that start where the actual tokenisation has its last boundary. */
    CURRENT_TOKEN,
    /** Also tokens that start at earlier boundaries and reach beyond the position. */
    EARLIER_BOUNDARIES,
    /** Also tokens that end at the position where the actual tokenisation has no boundary. */
    OFF_PATH_TOKENS,
    /**
     * Also what follows such tokens: further tokens by the mean distribution after the one before, until a path meets a
     * boundary of the actual tokenisation again, whose distribution it then shares.
     */
    ALL_PATHS
}
