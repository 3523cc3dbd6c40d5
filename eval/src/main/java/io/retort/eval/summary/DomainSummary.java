package io.retort.eval.summary;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Retention;
import java.util.List;
import java.util.Map;

/**
 * A domain: its figures, how much of the teacher its expert and the ensemble keep, and who differs from whom.
 *
 * @param primary accuracy, or bits a byte for a domain that asks nothing
 * @param expert the retention of the domain's own expert by each metric; the primary one is always there
 * @param ensemble the retention of the routed ensemble
 */
public record DomainSummary(
        GroupSummary group,
        Metric primary,
        Map<Metric, Retention> expert,
        Map<Metric, Retention> ensemble,
        List<Comparison> comparisons) {
    public DomainSummary {
        expert = Map.copyOf(expert);
        ensemble = Map.copyOf(ensemble);
        comparisons = List.copyOf(comparisons);
    }

    public String domain() {
        return group.domain();
    }

    /** How many documents the scores of teacher, expert and floor are over: those that ask something, by accuracy. */
    public long scoredDocuments() {
        return group.models().stream()
                .flatMap(model -> model.figure(primary).stream())
                .mapToLong(Figure::documents)
                .max()
                .orElse(0);
    }

    /** How many documents a model that is measured on all gave no likelihood of: those that it refused. */
    public long refusedBy(String model) {
        return group.model(model)
                .map(summary -> group.documents()
                        - summary.figure(Metric.BITS_PER_BYTE)
                                .map(Figure::documents)
                                .orElse(0L))
                .orElse(0L);
    }

    /** The expert's retention by the primary metric. */
    public Retention retention() {
        return retention(expert);
    }

    /** The ensemble's retention by the primary metric. */
    public Retention ensembleRetention() {
        return retention(ensemble);
    }

    private Retention retention(Map<Metric, Retention> retentions) {
        Retention retention = retentions.get(primary);
        if (retention == null) {
            throw new IllegalStateException("expected a retention by " + primary + " for " + group.domain());
        }
        return retention;
    }
}
