package io.retort.distill.clustering;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which documents clusters refuse for lack of room, in rounds: in each, a document without a cluster asks the cheapest one
 * that is still open; a cluster asked by more than it has room for refuses those that insist least and closes. A
 * document's cluster follows from this and its point, so nothing is kept a document.
 *
 * @param rounds what was refused in each
 */
public record Admission(List<Round> rounds) implements Serializable {
    public Admission {
        rounds = List.copyOf(rounds);
    }

    /**
     * One round.
     *
     * @param open whether a cluster may be asked
     * @param refused the most insistent one that was refused; null where none was
     */
    record Round(boolean[] open, @Nullable Insistence[] refused) implements Serializable {
        boolean refuses(Request request) {
            Insistence limit = refused[request.cluster()];
            return limit != null && request.insistence().compareTo(limit) <= 0;
        }
    }

    /** What a document asks for. */
    record Request(int cluster, Insistence insistence) {
        static Request of(double[] costs, boolean[] open, ClusteredDocument.Id id) {
            int best = -1;
            double next = Double.POSITIVE_INFINITY;
            for (int c = 0; c < costs.length; c++) {
                if (!open[c]) {
                    continue;
                }
                if (best < 0 || costs[c] < costs[best]) {
                    next = best < 0 ? next : costs[best];
                    best = c;
                } else {
                    next = Math.min(next, costs[c]);
                }
            }
            if (best < 0) {
                throw new IllegalStateException("expected an open cluster, found all closed");
            }
            return new Request(best, new Insistence(next - costs[best], id));
        }
    }

    /** The request that a document was not refused; empty where every round so far refused it. */
    Optional<Request> admitted(double[] costs, ClusteredDocument.Id id) {
        for (Round round : rounds) {
            Request request = Request.of(costs, round.open(), id);
            if (!round.refuses(request)) {
                return Optional.of(request);
            }
        }
        return Optional.empty();
    }

    Admission with(Round round) {
        List<Round> all = new ArrayList<>(rounds);
        all.add(round);
        return new Admission(all);
    }
}
