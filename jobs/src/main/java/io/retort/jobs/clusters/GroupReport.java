package io.retort.jobs.clusters;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Split;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What groups there are.
 *
 * @param job the job's name
 * @param id the regrouped corpus' id
 * @param completion whether this run made them
 * @param location its directory
 * @param corpus what is in it
 */
public record GroupReport(String job, String id, Completion completion, String location, CorpusManifest corpus)
        implements Report {
    @Override
    public List<Table> tables() {
        List<Long> sizes = corpus.domains().stream()
                .map(domain -> corpus.documents(domain, Split.TRAIN))
                .sorted()
                .toList();
        return List.of(new Table(
                "Groups " + id,
                List.of("groups", "training documents", "smallest group", "largest group"),
                List.of(List.of(
                        Figures.count(sizes.size()),
                        Figures.count(sizes.stream().mapToLong(Long::longValue).sum()),
                        Figures.count(sizes.get(0)),
                        Figures.count(sizes.get(sizes.size() - 1))))));
    }
}
