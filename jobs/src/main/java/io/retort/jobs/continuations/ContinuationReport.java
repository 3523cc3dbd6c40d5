package io.retort.jobs.continuations;

import io.retort.distill.continuations.Fate;
import io.retort.jobs.config.Choices;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was written.
 *
 * @param job the job's name
 * @param id the corpus' id
 * @param completion whether this run finished it
 * @param location its directory
 * @param author who wrote
 * @param domains what was written of each, whether it became a document or not
 * @param duplicates of the texts that could be documents, those left out since the corpus had their content, by domain
 */
public record ContinuationReport(
        String job,
        String id,
        Completion completion,
        String location,
        String author,
        SortedMap<String, Tally> domains,
        SortedMap<String, Long> duplicates)
        implements Report {
    /** The report's name in the corpus' directory. */
    static final String FILE_NAME = "continuations.json";

    public ContinuationReport {
        domains = Collections.unmodifiableSortedMap(new TreeMap<>(domains));
        duplicates = Collections.unmodifiableSortedMap(new TreeMap<>(duplicates));
    }

    ContinuationReport withCompletion(Completion other) {
        return new ContinuationReport(job, id, other, location, author, domains, duplicates);
    }

    @Override
    public List<Table> tables() {
        List<String> columns = new ArrayList<>(List.of("domain", "texts", "documents", "duplicates"));
        List<Fate> faults = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            if (fate != Fate.KEPT && domains.values().stream().anyMatch(tally -> tally.of(fate) > 0)) {
                faults.add(fate);
                columns.add(Choices.label(fate));
            }
        }
        columns.addAll(List.of("written", "task time a text"));
        return List.of(new Table(
                "Texts of " + author + " in corpus " + id,
                columns,
                domains.keySet().stream().map(domain -> row(domain, faults)).toList()));
    }

    private List<String> row(String domain, List<Fate> faults) {
        Tally tally = domains.getOrDefault(domain, Tally.NONE);
        long copies = duplicates.getOrDefault(domain, 0L);
        List<String> cells = new ArrayList<>(List.of(
                domain,
                Figures.count(tally.texts()),
                Figures.count(tally.of(Fate.KEPT) - copies),
                Figures.count(copies)));
        faults.forEach(fate -> cells.add(Figures.count(tally.of(fate))));
        cells.add(Figures.bytes(tally.bytes()));
        cells.add(Figures.decimal(1000 * tally.seconds() / Math.max(1, tally.texts()), 1) + " ms");
        return cells;
    }
}
