package io.retort.eval.summary;

import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.PoissonWeights;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The totals of an evaluation: update with one document after the other, merge with the totals of other documents, finish
 * into a summary.
 *
 * <p>The same documents give the same summary bit for bit, however they were spread over states and in whatever order. Takes
 * about 48 KB a task and model with 1000 replicates. Not thread-safe.
 */
public final class EvaluationState implements Serializable {
    private static final long serialVersionUID = 1;

    private final EvaluationRoles roles;
    private final BootstrapSettings bootstrap;
    private final TreeMap<TaskKey, TaskState> tasks = new TreeMap<>();
    private final DisagreementSample disagreements;
    private transient int[] weights = new int[0];

    public EvaluationState(EvaluationRoles roles, BootstrapSettings bootstrap) {
        this.roles = roles;
        this.bootstrap = bootstrap;
        this.disagreements = new DisagreementSample(roles);
    }

    /** Adds a document, which must not have been added before. */
    public void update(DocumentOutcomes document) {
        long hash = PoissonWeights.hash(document.document().documentId());
        if (weights == null || weights.length != bootstrap.replicates()) {
            weights = new int[bootstrap.replicates()];
        }
        new PoissonWeights(bootstrap).draw(hash, weights);
        tasks.computeIfAbsent(TaskKey.of(document.document()), key -> new TaskState(bootstrap.replicates()))
                .update(hash, document, weights);
        disagreements.update(hash, document);
    }

    /** Adds all documents of another state, none of which may be in this one. */
    public void merge(EvaluationState other) {
        if (!roles.equals(other.roles) || !bootstrap.equals(other.bootstrap)) {
            throw new IllegalArgumentException("expected a state for " + roles + " and " + bootstrap
                    + ", found one for " + other.roles + " and " + other.bootstrap);
        }
        other.tasks.forEach((key, state) -> tasks.computeIfAbsent(key, k -> new TaskState(bootstrap.replicates()))
                .merge(state));
        disagreements.merge(other.disagreements);
    }

    /** The figures of all documents so far; the state may be updated further. */
    public EvaluationSummary finish() {
        GroupFinisher finisher = new GroupFinisher(roles, bootstrap);
        Map<String, TaskState> domains = new TreeMap<>();
        List<GroupSummary> taskSummaries = new ArrayList<>();
        tasks.forEach((key, state) -> {
            domains.computeIfAbsent(key.domain(), d -> new TaskState(bootstrap.replicates()))
                    .merge(state);
            taskSummaries.add(finisher.group(key, state));
        });
        List<DomainSummary> domainSummaries = new ArrayList<>();
        TaskState all = new TaskState(bootstrap.replicates());
        domains.forEach((domain, state) -> {
            domainSummaries.add(finisher.domain(domain, state));
            all.merge(state);
        });
        return new EvaluationSummary(
                roles,
                bootstrap,
                HolmCorrection.over(domainSummaries),
                taskSummaries,
                finisher.mixed(all),
                disagreements.sample());
    }
}
