package io.retort.eval.summary;

import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.Retention;
import java.util.List;

/**
 * All figures of an evaluation, in the order of domains' and tasks' names.
 *
 * @param mixed the routed ensemble's retention over the documents of all domains together that ask something
 * @param disagreements a bounded sample of documents that exactly one of teacher and expert got right
 */
public record EvaluationSummary(
        EvaluationRoles roles,
        BootstrapSettings bootstrap,
        List<DomainSummary> domains,
        List<GroupSummary> tasks,
        Retention mixed,
        List<Disagreement> disagreements) {
    public EvaluationSummary {
        domains = List.copyOf(domains);
        tasks = List.copyOf(tasks);
        disagreements = List.copyOf(disagreements);
    }

    /** The tasks of a domain. */
    public List<GroupSummary> tasksOf(String domain) {
        return tasks.stream().filter(task -> task.domain().equals(domain)).toList();
    }

    public boolean isEmpty() {
        return domains.isEmpty();
    }
}
