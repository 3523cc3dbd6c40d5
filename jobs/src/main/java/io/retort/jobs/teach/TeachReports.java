package io.retort.jobs.teach;

import io.retort.datasets.logits.LogitManifest;
import io.retort.datasets.logits.ManifestShard;
import io.retort.datasets.logits.ShardSummary;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.TeacherComparison.Divergence;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.teach.TeachReport.DomainFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes reports of manifests. */
final class TeachReports {
    private TeachReports() {}

    /**
     * Which dataset.
     *
     * @param completion whether this run finished it
     */
    record Dataset(String id, Completion completion, Location location) {}

    /**
     * What was found out before a run.
     *
     * @param outcomes of the run, beside what was planned
     * @param references how far the teacher is from what it was compared with
     */
    record Before(List<PlanOutcome> outcomes, List<Divergence> references) {
        static final Before NOTHING = new Before(List.of(), List.of());
    }

    /** Where the time of a finished dataset went, by the costs beside its shards. */
    static PhaseSeconds phases(Storage storage, DatasetFiles files) throws IOException {
        PhaseSeconds phases = PhaseSeconds.NONE;
        for (Location file : storage.list(files.costs())) {
            phases = phases.plus(ShardCost.read(storage, file).phases());
        }
        return phases;
    }

    /**
     * The report of a finished dataset.
     *
     * @param run what was done just now
     * @param before what was found out before it
     */
    static TeachReport of(Dataset dataset, LogitManifest manifest, PhaseSeconds phases, RunTotals run, Before before) {
        SortedMap<String, List<ShardSummary>> byDomain = manifest.shards().stream()
                .collect(Collectors.groupingBy(
                        TeachReports::domain,
                        TreeMap::new,
                        Collectors.mapping(ManifestShard::summary, Collectors.toList())));
        List<DomainFigures> domains = new ArrayList<>();
        byDomain.forEach((domain, shards) -> domains.add(figures(domain, shards)));
        Map<String, Integer> quarantined = new TreeMap<>();
        manifest.quarantined().forEach((reason, count) -> quarantined.put(reason.label(), count));
        return new TeachReport(
                TeachJob.NAME,
                dataset.id(),
                dataset.completion(),
                dataset.location().value(),
                manifest.datasetDigest(),
                domains,
                quarantined,
                phases,
                run.made(),
                run.copied(),
                manifest.shards().size() - run.made() - run.copied(),
                before.outcomes(),
                before.references());
    }

    /** The first directory of a shard's path is {@code domain=…}. */
    private static String domain(ManifestShard shard) {
        String path = shard.path();
        return path.substring(path.indexOf('=') + 1, path.indexOf('/'));
    }

    private static DomainFigures figures(String domain, List<ShardSummary> shards) {
        return new DomainFigures(
                domain,
                shards.size(),
                shards.stream().mapToLong(ShardSummary::rows).sum(),
                shards.stream().mapToLong(ShardSummary::tokens).sum(),
                shards.stream().mapToLong(ShardSummary::textBytes).sum(),
                shards.stream().mapToLong(ShardSummary::fileBytes).sum(),
                shards.stream()
                        .flatMap(shard -> shard.quarantined().values().stream())
                        .mapToLong(Integer::longValue)
                        .sum());
    }
}
