package io.retort.distill.clustering;

import java.io.Serializable;

/**
 * Sums over documents. Adding and merging give the same in any order and any grouping.
 *
 * @param <T> the type itself
 */
public interface Totals<T extends Totals<T>> extends Serializable {
    /** Takes a document in. */
    void add(ClusteredDocument document);

    /** Takes in what another has summed over other documents, and returns this. */
    T merge(T other);
}
