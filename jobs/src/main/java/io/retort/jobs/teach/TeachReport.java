package io.retort.jobs.teach;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What logit dataset is there.
 *
 * @param job the job's name
 * @param id the dataset's id
 * @param completion whether this run finished it
 * @param location its directory
 * @param datasetDigest what the data is: equal for equal inputs, however often a run was stopped
 * @param domains figures a domain
 * @param quarantined chunks without a row, by reason
 * @param teacherSeconds over all runs and tasks
 * @param shardsMade by this run
 * @param shardsFound made by earlier ones
 */
public record TeachReport(
        String job,
        String id,
        Completion completion,
        String location,
        String datasetDigest,
        List<DomainFigures> domains,
        Map<String, Integer> quarantined,
        double teacherSeconds,
        int shardsMade,
        int shardsFound)
        implements Report {

    /** Figures of a domain. */
    public record DomainFigures(
            String domain, int shards, long rows, long tokens, long textBytes, long fileBytes, long quarantined) {}

    @Override
    public List<Table> tables() {
        Table table = new Table(
                "Logits " + id,
                List.of("domain", "shards", "rows", "tokens", "text", "stored", "bytes a token", "quarantined"),
                domains.stream().map(TeachReport::row).toList());
        Table cost = new Table(
                "",
                List.of("teacher time", "shards made now", "found", "digest"),
                List.of(List.of(
                        Figures.time(Duration.ofMillis(Math.round(1000 * teacherSeconds))),
                        Figures.count(shardsMade),
                        Figures.count(shardsFound),
                        datasetDigest.substring(0, 16))));
        return List.of(table, cost);
    }

    private static List<String> row(DomainFigures figures) {
        return List.of(
                figures.domain(),
                Figures.count(figures.shards()),
                Figures.count(figures.rows()),
                Figures.count(figures.tokens()),
                Figures.bytes(figures.textBytes()),
                Figures.bytes(figures.fileBytes()),
                Figures.decimal((double) figures.fileBytes() / figures.tokens(), 1),
                Figures.count(figures.quarantined()));
    }
}
