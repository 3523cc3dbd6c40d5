package io.retort.eval.comparison;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.Holm;
import io.retort.eval.statistics.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A challenger against the champion: every figure of both, paired.
 *
 * @param overall the ensembles over the documents of all domains, by each metric that both have
 * @param domains by domain, role and metric
 * @param tasks by task and role, by each domain's primary metric
 */
public record RunComparison(
        BootstrapSettings bootstrap,
        List<ComparedFigure> overall,
        List<ComparedFigure> domains,
        List<ComparedFigure> tasks,
        List<ComparedRetention> retentions) {
    private static final List<RunRole> ROLES = List.of(RunRole.EXPERT, RunRole.ENSEMBLE);

    public RunComparison {
        overall = List.copyOf(overall);
        domains = List.copyOf(domains);
        tasks = List.copyOf(tasks);
        retentions = List.copyOf(retentions);
    }

    /**
     * Compares two runs.
     *
     * @throws IllegalArgumentException if not one figure of a domain is over the same documents in both
     */
    public static RunComparison of(RunState champion, RunState challenger) {
        Comparing comparing = new Comparing(champion, challenger);
        TreeSet<RunGroup> domains = new TreeSet<>(champion.domains());
        domains.addAll(challenger.domains());
        TreeSet<RunGroup> tasks = new TreeSet<>(champion.tasks());
        tasks.addAll(challenger.tasks());
        List<ComparedFigure> ofDomains = new ArrayList<>();
        List<ComparedFigure> ofTasks = new ArrayList<>();
        List<ComparedRetention> retentions = new ArrayList<>();
        for (RunRole role : ROLES) {
            ofDomains.addAll(comparing.corrected(domains, role, Metric.ACCURACY));
            ofDomains.addAll(comparing.corrected(domains, role, Metric.BITS_PER_BYTE));
            ofTasks.addAll(comparing.corrected(tasks, role, Metric.ACCURACY));
            domains.forEach(domain -> retentions.add(comparing.retention(domain, role)));
        }
        retentions.add(comparing.retention(RunGroup.ALL, RunRole.ENSEMBLE));
        List<ComparedFigure> overall = new ArrayList<>();
        for (Metric metric : List.of(Metric.ACCURACY, Metric.BITS_PER_BYTE)) {
            overall.addAll(comparing.corrected(new TreeSet<>(List.of(RunGroup.ALL)), RunRole.ENSEMBLE, metric));
        }
        requireSomethingInCommon(ofDomains);
        return new RunComparison(champion.bootstrap(), overall, ofDomains, ofTasks, retentions);
    }

    private static void requireSomethingInCommon(List<ComparedFigure> figures) {
        if (figures.stream().noneMatch(figure -> figure.result().isDefined())) {
            String reason = figures.isEmpty()
                    ? "no figures"
                    : figures.get(0).group().label() + " "
                            + figures.get(0).result().undefinedBecause().orElse("");
            throw new IllegalArgumentException(
                    "expected two reports over the same documents, found " + reason + "; evaluate both on one corpus");
        }
    }

    private record Comparing(RunState champion, RunState challenger) {
        /** Figures that at least one of the runs has; the corrected p-values are over these groups. */
        List<ComparedFigure> corrected(TreeSet<RunGroup> groups, RunRole role, Metric metric) {
            List<ComparedFigure> figures = groups.stream()
                    .map(group -> figure(group, role, metric))
                    .filter(figure -> !Double.isNaN(figure.champion()) || !Double.isNaN(figure.challenger()))
                    .toList();
            double[] adjusted = Holm.adjust(figures.stream()
                    .mapToDouble(figure -> figure.result().pValue())
                    .toArray());
            List<ComparedFigure> corrected = new ArrayList<>();
            for (int i = 0; i < adjusted.length; i++) {
                corrected.add(figures.get(i).adjusted(adjusted[i]));
            }
            return corrected;
        }

        private ComparedFigure figure(RunGroup group, RunRole role, Metric metric) {
            return new ComparedFigure(
                    group,
                    role,
                    metric,
                    champion.estimate(role, group, metric).value(),
                    challenger.estimate(role, group, metric).value(),
                    challenger.minus(
                            champion, role, group, metric, champion.bootstrap().level()),
                    Double.NaN);
        }

        ComparedRetention retention(RunGroup group, RunRole role) {
            return new ComparedRetention(
                    group, role, retention(champion, group, role), retention(challenger, group, role));
        }

        private static Retention retention(RunState run, RunGroup group, RunRole role) {
            Metric metric = group.equals(RunGroup.ALL) ? Metric.ACCURACY : run.primary(group);
            return run.retention(role, group, metric, run.bootstrap().level());
        }
    }
}
