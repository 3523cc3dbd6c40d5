package io.retort.jobs.teach;

import io.retort.datasets.logits.LogitManifest;
import io.retort.datasets.logits.ManifestShard;
import io.retort.datasets.logits.ShardSummary;
import io.retort.datasets.storage.Location;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.teach.TeachReport.DomainFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes reports of manifests. */
final class TeachReports {
    private TeachReports() {}

    static TeachReport of(String id, Completion completion, Location dataset, LogitManifest manifest, int made) {
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
                id,
                completion,
                dataset.value(),
                manifest.datasetDigest(),
                domains,
                quarantined,
                manifest.cost().teacherSeconds(),
                made,
                manifest.shards().size() - made);
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
