package io.retort.eval.statistics;

/**
 * Which documents an estimate is made of: their number and a sum of their hashes, which does not depend on their order.
 *
 * <p>Two estimates over equal sets may be compared paired.
 */
public record DocumentSet(long documents, long fingerprint) {
    /** No document. */
    public static final DocumentSet EMPTY = new DocumentSet(0, 0);
}
