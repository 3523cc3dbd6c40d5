package io.retort.jobs.prepare;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Split;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What corpus is there.
 *
 * @param job the job's name
 * @param id the corpus' id
 * @param completion whether this run made it
 * @param location its directory
 * @param corpus its manifest
 */
public record PrepareReport(String job, String id, Completion completion, String location, CorpusManifest corpus)
        implements Report {
    @Override
    public List<Table> tables() {
        Table documents = new Table(
                "Corpus " + id,
                List.of("domain", "train", "validation", "test", "text", "duplicates left out"),
                corpus.domains().stream().map(this::row).toList());
        if (corpus.rejected().isEmpty()) {
            return List.of(documents);
        }
        Table rejected = new Table(
                "Records rejected, the first of them in rejected.jsonl",
                List.of("source", "reason", "records"),
                corpus.rejected().stream()
                        .map(count -> List.of(count.source(), count.reason().label(), Figures.count(count.records())))
                        .toList());
        return List.of(documents, rejected);
    }

    private List<String> row(String domain) {
        long bytes = corpus.files().stream()
                .filter(file -> file.domain().equals(domain))
                .mapToLong(CorpusFile::textBytes)
                .sum();
        return List.of(
                domain,
                Figures.count(corpus.documents(domain, Split.TRAIN)),
                Figures.count(corpus.documents(domain, Split.VALIDATION)),
                Figures.count(corpus.documents(domain, Split.TEST)),
                Figures.bytes(bytes),
                Figures.count(corpus.duplicates().getOrDefault(domain, 0L)));
    }
}
