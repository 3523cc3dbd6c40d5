package io.retort.jobs.analyze;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.analysis.DocumentRouting;
import io.retort.distill.analysis.RoutingMap;
import io.retort.distill.analysis.TrainingWeights;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Weighs a domain's documents by how much they use the domain's experts. */
public final class GenerateTrainingDataJob implements Job<WeightsSpec, WeightsReport> {
    static final String NAME = "generate-training-data";
    private static final String TABLE = "weights.parquet";
    /** Of the estimate only. */
    private static final double DOCUMENTS_A_SECOND_AND_TASK = 20;

    private static final int BYTES_A_DOCUMENT = 50;

    @Override
    public String name() {
        return NAME;
    }

    private static Location directory(WeightsSpec spec) {
        return spec.workspace().root().resolve("training-weights/" + spec.weightsId());
    }

    @Override
    public Plan plan(WeightsSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        Location directory = directory(spec);
        if (storage.exists(directory.resolve(WeightsReport.FILE_NAME))) {
            return Plan.alreadyDone(NAME, spec.weightsId(), directory.value());
        }
        map(spec, storage);
        long documents = ObservedShards.documents(shards(spec, storage));
        int tasks = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new Plan(
                NAME,
                spec.weightsId(),
                Completion.TO_DO,
                List.of("weigh " + Figures.count(documents) + " documents of " + spec.domain()
                        + " by the experts they use into " + directory),
                new Cost(
                        Duration.ofSeconds(Math.round(5 + documents / DOCUMENTS_A_SECOND_AND_TASK / tasks)),
                        documents * BYTES_A_DOCUMENT,
                        0));
    }

    private static List<DocumentShard> shards(WeightsSpec spec, Storage storage) throws IOException {
        return ObservedShards.all(spec.analysis().corpus().manifest(storage), spec.domain(), spec.split());
    }

    private static RoutingMap map(WeightsSpec spec, Storage storage) throws IOException {
        Location analysis =
                AnalysisFiles.directory(spec.workspace(), spec.analysis().analysisId());
        if (!AnalysisFiles.finished(storage, analysis)) {
            throw new IllegalArgumentException("expected a finished analysis at " + analysis
                    + "; make it by retort analyze with the same settings");
        }
        return AnalysisFiles.read(storage, analysis).routing();
    }

    @Override
    public WeightsReport execute(WeightsSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        Location directory = directory(spec);
        Location reportFile = directory.resolve(WeightsReport.FILE_NAME);
        if (storage.exists(reportFile)) {
            return Json.read(storage, reportFile, WeightsReport.class).withCompletion(Completion.ALREADY_DONE);
        }
        RoutingMap map = map(spec, storage);
        int domain = map.indexOf(spec.domain());
        context.log().input("analysis", spec.analysis().analysisId());
        List<DocumentRouting> documents = observe(spec, context);
        double[] evidence = documents.stream()
                .mapToDouble(document -> TrainingWeights.evidence(document, map, domain))
                .toArray();
        double[] weights = spec.weighing().of(evidence);
        storage.write(directory.resolve(TABLE), table(documents, weights, evidence));
        WeightsReport report = report(spec, directory.resolve(TABLE), weights, evidence);
        Json.write(storage, reportFile, report);
        context.log().output("training weights", spec.weightsId());
        return report;
    }

    private static List<DocumentRouting> observe(WeightsSpec spec, JobContext context) throws IOException {
        List<DocumentShard> shards = shards(spec, context.storage());
        ObservationTask task = new ObservationTask(
                context.storageSettings(),
                spec.workspace().corpus(spec.analysis().corpus().corpusId()),
                spec.analysis().teacher());
        try (Progress.Track track = context.progress().start(NAME, ObservedShards.documents(shards), "documents")) {
            List<DocumentRouting> documents = context.distribute(shards).flatMap(task).collect().stream()
                    .sorted(Comparator.comparing(DocumentRouting::documentId))
                    .toList();
            track.at(documents.size(), "");
            if (documents.isEmpty()) {
                throw new InvalidDataException("expected documents of " + spec.domain() + " in split "
                        + spec.split().label() + " of the corpus, found none");
            }
            return documents;
        }
    }

    private static byte[] table(List<DocumentRouting> documents, double[] weights, double[] evidence) {
        ParquetTable table = new ParquetTable.Columns()
                .text("document_id")
                .number("weight", "evidence_bits")
                .count("tokens")
                .named("training_weights");
        for (int i = 0; i < weights.length; i++) {
            table.row(
                    documents.get(i).documentId(),
                    weights[i],
                    evidence[i],
                    documents.get(i).tokens());
        }
        return table.file();
    }

    private static WeightsReport report(WeightsSpec spec, Location file, double[] weights, double[] evidence) {
        double sum = Arrays.stream(weights).sum();
        double squares = Arrays.stream(weights).map(w -> w * w).sum();
        return new WeightsReport(
                NAME,
                spec.weightsId(),
                Completion.DONE,
                file.value(),
                spec.domain(),
                weights.length,
                Arrays.stream(evidence).average().orElse(Double.NaN),
                Arrays.stream(weights).min().orElse(Double.NaN),
                Arrays.stream(weights).max().orElse(Double.NaN),
                sum * sum / squares);
    }
}
