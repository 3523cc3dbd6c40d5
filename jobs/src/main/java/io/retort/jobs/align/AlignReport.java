package io.retort.jobs.align;

import io.retort.datasets.corpus.Split;
import io.retort.jobs.align.ByteManifest.TargetFile;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What byte targets are there.
 *
 * @param job the job's name
 * @param id the targets' id
 * @param completion whether this run made them
 * @param location their directory
 * @param targets their manifest
 */
public record AlignReport(String job, String id, Completion completion, String location, ByteManifest targets)
        implements Report {
    @Override
    public List<Table> tables() {
        SortedSet<String> domains = new TreeSet<>();
        targets.files().forEach(file -> domains.add(file.domain()));
        List<List<String>> rows = new ArrayList<>();
        for (String domain : domains) {
            for (Split split : Split.values()) {
                List<TargetFile> files = targets.files(domain, split);
                if (!files.isEmpty()) {
                    rows.add(row(domain, split, files));
                }
            }
        }
        return List.of(
                new Table("Byte targets " + id, List.of("domain", "split", "documents", "text", "stored"), rows));
    }

    private static List<String> row(String domain, Split split, List<TargetFile> files) {
        return List.of(
                domain,
                split.label(),
                Figures.count(files.stream().mapToLong(TargetFile::documents).sum()),
                Figures.bytes(files.stream().mapToLong(TargetFile::textBytes).sum()),
                Figures.bytes(files.stream().mapToLong(TargetFile::fileBytes).sum()));
    }
}
