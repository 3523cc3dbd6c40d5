package io.retort.eval.comparison;

import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.PairedComparison;
import io.retort.eval.statistics.PoissonWeights;
import io.retort.eval.statistics.Retention;
import io.retort.eval.summary.RetentionFigures;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The totals of a run by task and role: update with its documents, merge with the totals of others, ask for figures.
 *
 * <p>The figures are those of {@link io.retort.eval.summary.EvaluationState} bit for bit, and do not depend on the order of
 * documents. Of two runs with the same settings, figures over the same documents are paired. Not thread-safe.
 */
public final class RunState implements Serializable {
    private static final long serialVersionUID = 1;

    private final BootstrapSettings bootstrap;
    private final TreeMap<RunGroup, EnumMap<RunRole, RoleState>> tasks = new TreeMap<>();

    public RunState(BootstrapSettings bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Adds a document, which must not have been added before. */
    public void update(DocumentOutcomes document) {
        String domain = document.document().domain();
        long hash = PoissonWeights.hash(document.document().documentId());
        int[] weights = new int[bootstrap.replicates()];
        new PoissonWeights(bootstrap).draw(hash, weights);
        EnumMap<RunRole, RoleState> roles =
                rolesOf(new RunGroup(domain, document.document().task()));
        for (DocumentOutcome outcome : document.outcomes()) {
            for (RunRole role : RunRole.of(outcome.model(), domain)) {
                roles.computeIfAbsent(role, r -> new RoleState(bootstrap.replicates()))
                        .update(hash, outcome.score(), weights);
            }
        }
    }

    /** Adds all documents of another state, none of which may be in this one. */
    public void merge(RunState other) {
        if (!bootstrap.equals(other.bootstrap)) {
            throw new IllegalArgumentException(
                    "expected a state for " + bootstrap + ", found one for " + other.bootstrap);
        }
        other.tasks.forEach((group, roles) -> roles.forEach((role, state) -> rolesOf(group)
                .computeIfAbsent(role, r -> new RoleState(bootstrap.replicates()))
                .merge(state)));
    }

    private EnumMap<RunRole, RoleState> rolesOf(RunGroup task) {
        return tasks.computeIfAbsent(task, t -> new EnumMap<>(RunRole.class));
    }

    public BootstrapSettings bootstrap() {
        return bootstrap;
    }

    /** In order. */
    public List<RunGroup> domains() {
        TreeSet<RunGroup> domains = new TreeSet<>();
        tasks.keySet().forEach(task -> domains.add(RunGroup.ofDomain(task.domain())));
        return List.copyOf(domains);
    }

    /** In order. */
    public List<RunGroup> tasks() {
        return List.copyOf(tasks.keySet());
    }

    /** A figure with its replicates; undefined where nothing was measured. */
    public Estimate estimate(RunRole role, RunGroup group, Metric metric) {
        return roleIn(role, group).estimate(metric);
    }

    /** How much of the teacher's skill a role keeps. */
    public Retention retention(RunRole role, RunGroup group, Metric metric, double level) {
        return RetentionFigures.of(
                metric,
                new Retention.Estimates(
                        estimate(RunRole.TEACHER, group, metric),
                        estimate(role, group, metric),
                        estimate(RunRole.floorOf(metric), group, metric)),
                level);
    }

    /** Accuracy, or bits a byte where no document of the group asks anything. */
    public Metric primary(RunGroup group) {
        boolean asked = tasks.keySet().stream()
                .filter(group::holds)
                .flatMap(task -> rolesOf(task).values().stream())
                .anyMatch(state -> state.estimate(Metric.ACCURACY).isDefined());
        return asked ? Metric.ACCURACY : Metric.BITS_PER_BYTE;
    }

    /** This run's figure − the other's, paired; undefined where they are over different documents. */
    public PairedComparison minus(RunState other, RunRole role, RunGroup group, Metric metric, double level) {
        RoleState mine = roleIn(role, group);
        RoleState theirs = other.roleIn(role, group);
        return metric == Metric.ACCURACY
                ? PairedComparison.ofAccuracies(
                        mine.estimate(metric), theirs.estimate(metric), mine.pairedWith(theirs), level)
                : PairedComparison.of(mine.estimate(metric), theirs.estimate(metric), level);
    }

    /**
     * {@link #key Keys} of documents that only one of two runs' ensembles got right, of each domain the first of each kind by
     * hash: a uniform sample, and the same whatever the order of documents.
     */
    public Set<Long> differing(RunState other, int mostOfEachKind) {
        Set<Long> keys = new HashSet<>();
        for (RunGroup domain : domains()) {
            keys.addAll(roleIn(RunRole.ENSEMBLE, domain)
                    .judgements()
                    .differing(other.roleIn(RunRole.ENSEMBLE, domain).judgements(), mostOfEachKind));
        }
        return keys;
    }

    /** By what {@link #differing} knows a document. */
    public static long key(String documentId) {
        return PoissonWeights.hash(documentId) & ~1L;
    }

    private RoleState roleIn(RunRole role, RunGroup group) {
        RoleState merged = new RoleState(bootstrap.replicates());
        tasks.forEach((task, roles) -> {
            RoleState state = roles.get(role);
            if (group.holds(task) && state != null) {
                merged.merge(state);
            }
        });
        return merged;
    }
}
