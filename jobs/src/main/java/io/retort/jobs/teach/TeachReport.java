package io.retort.jobs.teach;

import io.retort.distill.teachers.TeacherComparison.Divergence;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import io.retort.jobs.teachers.ReferenceCheck;
import java.time.Duration;
import java.util.ArrayList;
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
 * @param phases where the time went, over all runs and tasks
 * @param shardsMade by this run
 * @param shardsCopied from other datasets by this run
 * @param shardsFound made by earlier ones
 * @param outcomes of this run, beside what was planned
 * @param references how far a served teacher was from its reference before this run
 */
public record TeachReport(
        String job,
        String id,
        Completion completion,
        String location,
        String datasetDigest,
        List<DomainFigures> domains,
        Map<String, Integer> quarantined,
        PhaseSeconds phases,
        int shardsMade,
        int shardsCopied,
        int shardsFound,
        List<PlanOutcome> outcomes,
        List<Divergence> references)
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
                List.of("task time", "shards made now", "copied", "found", "digest"),
                List.of(List.of(
                        Figures.time(Duration.ofMillis(Math.round(1000 * phases.total()))),
                        Figures.count(shardsMade),
                        Figures.count(shardsCopied),
                        Figures.count(shardsFound),
                        datasetDigest.substring(0, 16))));
        List<Table> tables = new ArrayList<>(List.of(table, cost));
        if (phases.total() > 0) {
            tables.add(phases.table());
        }
        if (!outcomes.isEmpty()) {
            tables.add(PlanOutcome.table(outcomes));
        }
        return tables;
    }

    @Override
    public String render() {
        StringBuilder text = new StringBuilder(Report.super.render());
        references.forEach(divergence -> text.append('\n').append(ReferenceCheck.render(divergence)));
        return text.toString();
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
