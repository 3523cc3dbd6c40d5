package io.retort.jobs.analyze;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.analysis.ExpertInputs;
import io.retort.distill.analysis.GatedWeights;
import io.retort.distill.analysis.MicroExpert;
import io.retort.distill.analysis.MicroExpertFit;
import io.retort.distill.analysis.WeightRows;
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
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Fits a small network to one expert of the teacher. */
public final class ExtractMicroExpertJob implements Job<MicroSpec, MicroReport> {
    static final String NAME = "extract-micro-expert";
    private static final int ROWS_A_DOCUMENT = 64;
    /** One document in so many is held back. */
    private static final int HELD_BACK = 5;

    @Override
    public String name() {
        return NAME;
    }

    private static Location directory(MicroSpec spec) {
        return spec.workspace().root().resolve("micro-experts/" + spec.microId());
    }

    @Override
    public Plan plan(MicroSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        Location directory = directory(spec);
        if (storage.exists(directory.resolve(MicroReport.FILE_NAME))) {
            return Plan.alreadyDone(NAME, spec.microId(), directory.value());
        }
        ObservationTask.mixture(spec.teacher());
        List<DocumentShard> shards = shards(spec, storage);
        return new Plan(
                NAME,
                spec.microId(),
                Completion.TO_DO,
                List.of(
                        "keep what expert " + spec.place().expert() + " of layer "
                                + spec.place().layer() + " is given on "
                                + Figures.count(ObservedShards.documents(shards)) + " documents, at most "
                                + Figures.count(spec.samples()) + " tokens",
                        "fit a network of " + spec.settings().hidden() + " channels to it in "
                                + spec.settings().steps() + " steps into " + directory),
                new Cost(Duration.ofSeconds(20), 1L << 20, 0));
    }

    private static List<DocumentShard> shards(MicroSpec spec, Storage storage) throws IOException {
        return ObservedShards.of(spec.corpus().manifest(storage), spec.observed());
    }

    @Override
    public MicroReport execute(MicroSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        Location directory = directory(spec);
        Location reportFile = directory.resolve(MicroReport.FILE_NAME);
        if (storage.exists(reportFile)) {
            return Json.read(storage, reportFile, MicroReport.class).withCompletion(Completion.ALREADY_DONE);
        }
        context.log().input("corpus", spec.corpus().corpusId());
        context.log().input("weights", spec.weights().digest());
        List<ExpertInputs> captured = capture(spec, context);
        GatedWeights expert = expert(spec);
        int testRows = spec.samples() / HELD_BACK;
        MicroExpert micro = new MicroExpertFit(expert, spec.settings())
                .fit(
                        rows(spec, captured, Side.TRAIN, spec.samples() - testRows),
                        rows(spec, captured, Side.HELD_BACK, testRows));
        Location file = directory.resolve(MicroExpertFiles.WEIGHTS);
        storage.write(file, MicroExpertFiles.bytes(micro, expert.model()));
        MicroReport report = new MicroReport(
                NAME,
                spec.microId(),
                Completion.DONE,
                file.value(),
                spec.place(),
                micro.weights().model(),
                micro.weights().hidden(),
                micro.weights().parameters(),
                expert.parameters(),
                micro.inputScale(),
                micro.outputScale(),
                micro.quality());
        Json.write(storage, reportFile, report);
        context.log().output("micro-expert", spec.microId());
        return report;
    }

    private static GatedWeights expert(MicroSpec spec) throws IOException {
        try (WeightRows weights = spec.weights().open()) {
            return GatedWeights.read(weights, spec.place());
        }
    }

    private static List<ExpertInputs> capture(MicroSpec spec, JobContext context) throws IOException {
        List<DocumentShard> shards = shards(spec, context.storage());
        CaptureTask task = new CaptureTask(
                context.storageSettings(),
                spec.workspace().corpus(spec.corpus().corpusId()),
                spec.teacher(),
                new CaptureTask.Asked(spec.place(), ROWS_A_DOCUMENT));
        try (Progress.Track track = context.progress().start(NAME, ObservedShards.documents(shards), "documents")) {
            List<ExpertInputs> inputs = context.distribute(shards).flatMap(task).collect().stream()
                    .sorted(Comparator.comparing(ExpertInputs::documentId))
                    .toList();
            track.at(inputs.size(), "");
            return inputs;
        }
    }

    private enum Side {
        TRAIN,
        HELD_BACK
    }

    /** Rows of the documents of one side, in the order of their ids, which are digests: domains are mixed. */
    private static float[] rows(MicroSpec spec, List<ExpertInputs> documents, Side side, int mostRows) {
        List<ExpertInputs> own = IntStream.range(0, documents.size())
                .filter(i -> (i % HELD_BACK == 0) == (side == Side.HELD_BACK))
                .mapToObj(documents::get)
                .filter(document -> document.rows() > 0)
                .toList();
        int count = own.stream().mapToInt(ExpertInputs::rows).sum();
        if (count == 0) {
            throw new InvalidDataException("expected tokens that choose expert "
                    + spec.place().expert() + " of layer " + spec.place().layer() + " in training and held-back"
                    + " documents, found none in " + documents.size() + " documents");
        }
        int model = own.get(0).values().length / own.get(0).rows();
        float[] rows = new float[Math.min(count, mostRows) * model];
        int at = 0;
        for (ExpertInputs document : own) {
            int length = Math.min(document.values().length, rows.length - at);
            System.arraycopy(document.values(), 0, rows, at, length);
            at += length;
        }
        return rows;
    }
}
