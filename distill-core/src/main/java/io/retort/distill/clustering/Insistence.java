package io.retort.distill.clustering;

import io.retort.distill.clustering.ClusteredDocument.Id;
import java.io.Serializable;
import java.util.Comparator;

/**
 * How much a document wants its cluster: what the next best one costs more, and of equals the id. A crowded cluster
 * refuses those that insist least.
 */
record Insistence(double regret, Id id) implements Comparable<Insistence>, Serializable {
    private static final Comparator<Insistence> ORDER =
            Comparator.comparingDouble(Insistence::regret).thenComparing(Insistence::id);

    @Override
    public int compareTo(Insistence other) {
        return ORDER.compare(this, other);
    }
}
