package io.retort.eval.routing;

import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.PoissonWeights;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * The mergeable state of a router's evaluation: of each domain at most {@value #MOST_DOCUMENTS} documents, those of the least
 * hashes, so that its size is bounded and the same documents give the same figures however they were spread. Not
 * thread-safe.
 */
public final class RoutingState implements Serializable {
    /** Documents of a domain that figures are over, at most. */
    public static final int MOST_DOCUMENTS = 4096;

    private static final long serialVersionUID = 1;

    private record Rank(long hash, String documentId) implements Serializable, Comparable<Rank> {
        private static final Comparator<Rank> ORDER =
                Comparator.comparingLong(Rank::hash).thenComparing(Rank::documentId);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    private final TreeMap<String, TreeMap<Rank, RoutingObservation>> domains = new TreeMap<>();

    /** Adds a document, which must not have been added before. */
    public void update(RoutingObservation observation) {
        String id = observation.document().documentId();
        add(new Rank(PoissonWeights.hash(id), id), observation);
    }

    /** Adds all documents of another state, none of which may be in this one. */
    public void merge(RoutingState other) {
        other.domains.values().forEach(documents -> documents.forEach(this::add));
    }

    /** The figures of all documents so far. */
    public RoutingSummary finish(double temperature, BootstrapSettings bootstrap) {
        return new RoutingFinisher(
                        domains.values().stream()
                                .map(TreeMap::values)
                                .flatMap(Collection::stream)
                                .toList(),
                        bootstrap)
                .summary(temperature);
    }

    private void add(Rank rank, RoutingObservation observation) {
        TreeMap<Rank, RoutingObservation> documents =
                domains.computeIfAbsent(observation.document().domain(), domain -> new TreeMap<>());
        documents.put(rank, observation);
        if (documents.size() > MOST_DOCUMENTS) {
            documents.pollLastEntry();
        }
    }
}
