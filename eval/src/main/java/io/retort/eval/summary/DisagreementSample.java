package io.retort.eval.summary;

import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A bounded sample of the documents on which teacher and expert differ: for each domain and winner those with the smallest
 * hashes, which is a uniform sample and the same however the documents were spread.
 */
final class DisagreementSample implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int LARGEST = 4;

    private final EvaluationRoles roles;
    private final TreeMap<Stratum, TreeMap<Rank, Disagreement>> strata = new TreeMap<>();

    DisagreementSample(EvaluationRoles roles) {
        this.roles = roles;
    }

    private record Stratum(String domain, Disagreement.Winner winner) implements Serializable, Comparable<Stratum> {
        private static final Comparator<Stratum> ORDER =
                Comparator.comparing(Stratum::domain).thenComparing(Stratum::winner);

        @Override
        public int compareTo(Stratum other) {
            return ORDER.compare(this, other);
        }
    }

    private record Rank(long hash, String documentId) implements Serializable, Comparable<Rank> {
        private static final Comparator<Rank> ORDER =
                Comparator.comparingLong(Rank::hash).thenComparing(Rank::documentId);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    void update(long documentHash, DocumentOutcomes document) {
        Optional<DocumentOutcome> teacher = document.under(roles.teacher());
        Optional<DocumentOutcome> expert =
                roles.expertOf(document.document().domain()).flatMap(role -> document.under(role.name()));
        if (teacher.isEmpty() || expert.isEmpty()) {
            return;
        }
        double difference =
                teacher.get().score().correct() - expert.get().score().correct();
        if (Double.isNaN(difference) || difference == 0) {
            return;
        }
        add(new Rank(documentHash, document.document().documentId()), new Disagreement(teacher.get(), expert.get()));
    }

    void merge(DisagreementSample other) {
        other.strata.values().forEach(stratum -> stratum.forEach(this::add));
    }

    /** By domain, first those the teacher got right. */
    List<Disagreement> sample() {
        return strata.values().stream()
                .flatMap(stratum -> stratum.values().stream())
                .toList();
    }

    private void add(Rank rank, Disagreement disagreement) {
        Stratum key = new Stratum(disagreement.document().domain(), disagreement.winner());
        TreeMap<Rank, Disagreement> stratum = strata.computeIfAbsent(key, k -> new TreeMap<>());
        stratum.put(rank, disagreement);
        if (stratum.size() > LARGEST) {
            stratum.pollLastEntry();
        }
    }
}
