package io.retort.jobs.teach;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code retort teach --verify} says; the dataset is whole now.
 *
 * @param job the job's name
 * @param id the dataset's id
 * @param completion always {@link Completion#DONE}
 * @param location the dataset's directory
 * @param datasetDigest what the data is
 * @param shards of the dataset
 * @param shardsRecomputed by this audit
 * @param damages that were found
 */
public record TeachAuditReport(
        String job,
        String id,
        Completion completion,
        String location,
        String datasetDigest,
        int shards,
        int shardsRecomputed,
        List<Damage> damages)
        implements Report {
    public TeachAuditReport {
        damages = List.copyOf(damages);
    }

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(new Table(
                "Audit of logits " + id,
                List.of("shards", "recomputed", "found wrong", "digest"),
                List.of(List.of(
                        Figures.count(shards),
                        Figures.count(shardsRecomputed),
                        Figures.count(damages.size()),
                        datasetDigest.substring(0, 16)))));
        if (!damages.isEmpty()) {
            tables.add(new Table(
                    "",
                    List.of("file", "expected", "found", "now"),
                    damages.stream()
                            .map(damage -> List.of(
                                    damage.path(),
                                    damage.expected(),
                                    damage.found(),
                                    damage.remedy().name().toLowerCase(Locale.ROOT)))
                            .toList()));
        }
        return tables;
    }
}
