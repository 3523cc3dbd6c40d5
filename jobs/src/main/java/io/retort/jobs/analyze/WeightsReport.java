package io.retort.jobs.analyze;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What weights are there.
 *
 * @param job the job's name
 * @param id the weights' id
 * @param completion whether this run made them
 * @param file the Parquet file: document_id and weight, with what they come from
 * @param domain whose documents
 * @param documents how many
 * @param meanEvidence bits a token that their choices say for the domain
 * @param smallest weight
 * @param largest weight
 * @param effectiveDocuments {@code (Σw)² / Σw²}
 */
public record WeightsReport(
        String job,
        String id,
        Completion completion,
        String file,
        String domain,
        long documents,
        double meanEvidence,
        double smallest,
        double largest,
        double effectiveDocuments)
        implements Report {
    static final String FILE_NAME = "weights.json";

    WeightsReport withCompletion(Completion other) {
        return new WeightsReport(
                job, id, other, file, domain, documents, meanEvidence, smallest, largest, effectiveDocuments);
    }

    @Override
    public List<Table> tables() {
        return List.of(new Table(
                "Weights of documents of " + domain + ": " + file,
                List.of("documents", "evidence, bits a token", "smallest", "largest", "effective documents"),
                List.of(List.of(
                        Figures.count(documents),
                        Figures.decimal(meanEvidence, 3),
                        Figures.decimal(smallest, 3),
                        Figures.decimal(largest, 3),
                        Figures.decimal(effectiveDocuments, 1)))));
    }
}
