package io.retort.jobs.route;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.routing.ExpertLosses;
import io.retort.distill.routing.RouterTrainer;
import io.retort.distill.routing.TemperatureFit;
import io.retort.distill.routing.TrainedRouter;
import io.retort.inference.digests.Sha256;
import io.retort.inference.routing.Calibration;
import io.retort.inference.routing.Router;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.distil.ExpertSpec;
import io.retort.jobs.distil.Fleet;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.route.LossTask.DocumentLosses;
import io.retort.jobs.sessions.Parallelism;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Trains a router. */
public final class RouteJob implements Job<RouteSpec, RouteReport> {
    static final String NAME = "route";
    private static final int DOCUMENTS_A_SHARD = 16;
    /** Of the estimate only: documents that all experts read in a second and task. */
    private static final double DOCUMENTS_A_SECOND_AND_TASK = 15;

    /** Main class for spark-submit, with the options of {@code retort route}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(RouteSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        String id = spec.routerId();
        Location router = spec.workspace().router(id);
        if (RouterFiles.finished(storage, router)) {
            return Plan.alreadyDone(NAME, id, router.value());
        }
        long documents = shards(spec, storage).stream()
                .mapToLong(DocumentShard::documents)
                .sum();
        int tasks = Parallelism.ofMachine().tasks();
        return new Plan(
                NAME,
                id,
                Completion.TO_DO,
                List.of("measure " + spec.experts().distilled().size() + " experts on " + Figures.count(documents)
                        + " held-back documents and train a router of "
                        + spec.training().chosen() + " choices into " + router),
                new Cost(
                        Duration.ofSeconds(Math.round(5 + documents / DOCUMENTS_A_SECOND_AND_TASK / tasks)),
                        spec.training().features().buckets()
                                * 4L
                                * spec.training().hidden(),
                        0));
    }

    private static List<DocumentShard> shards(RouteSpec spec, Storage storage) throws IOException {
        CorpusManifest corpus = spec.experts().bytes().logits().corpus().manifest(storage);
        return DocumentShard.of(corpus, List.of(Split.VALIDATION), DOCUMENTS_A_SHARD);
    }

    @Override
    public RouteReport execute(RouteSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        Location directory = spec.workspace().router(spec.routerId());
        if (RouterFiles.finished(storage, directory)) {
            return RouterFiles.report(storage, directory).withCompletion(Completion.ALREADY_DONE);
        }
        context.log().input("experts", spec.experts().distilledId());
        Fleet fleet = Fleet.distilled(spec.experts(), context.storageSettings());
        List<DocumentLosses> documents = documents(spec, context, fleet);
        ExpertLosses losses = losses(fleet, documents);
        TrainedRouter trained = new RouterTrainer(spec.training()).train(losses);
        TemperatureFit fit = new AnswerTemperature(trained.router(), fleet.students())
                .fit(trained.heldOut().stream().map(documents::get).toList());
        Calibration calibration = trained.router().config().calibration().withTemperature(fit.temperature());
        Router router = trained.router().withCalibration(calibration);
        Map<String, Router> leftOut = leftOut(spec, losses, documents);
        RouteReport report = new RouteReport(
                NAME,
                spec.routerId(),
                Completion.DONE,
                directory.value(),
                fleet.names(),
                losses.bestSingle(),
                router.config().parameterCount(),
                Sha256.hex(RouterFiles.weights(router)),
                trained.report(),
                CalibrationReport.of(calibration, fit),
                List.copyOf(leftOut.keySet()));
        RouterFiles.write(storage, directory, router, leftOut, report);
        context.log().output("router", report.weightsDigest());
        return report;
    }

    /** Sorted by document, since tasks may end in any order. */
    private static List<DocumentLosses> documents(RouteSpec spec, JobContext context, Fleet fleet) throws IOException {
        // A missing expert is said here in one line, and not in a task.
        fleet.load();
        List<DocumentShard> shards = shards(spec, context.storage());
        Location corpus =
                spec.workspace().corpus(spec.experts().bytes().logits().corpus().corpusId());
        long documents = shards.stream().mapToLong(DocumentShard::documents).sum();
        try (Progress.Track track = context.progress().start(NAME, documents, "documents")) {
            List<DocumentLosses> losses =
                    context.distribute(shards).flatMap(new LossTask(fleet, corpus)).collect().stream()
                            .sorted(Comparator.comparing(DocumentLosses::documentId))
                            .toList();
            track.at(losses.size(), "");
            return losses;
        }
    }

    private static ExpertLosses losses(Fleet fleet, List<DocumentLosses> documents) {
        return new ExpertLosses(
                fleet.names(),
                documents.stream().map(DocumentLosses::prompt).toList(),
                documents.stream().map(DocumentLosses::losses).toArray(double[][]::new));
    }

    /** Routers to which one domain is unknown: trained without its documents and without its experts. */
    private static Map<String, Router> leftOut(RouteSpec spec, ExpertLosses losses, List<DocumentLosses> documents) {
        Map<String, Router> routers = new TreeMap<>();
        List<ExpertSpec> experts = spec.experts().distilled();
        Set<String> domains = experts.stream().map(ExpertSpec::domain).collect(Collectors.toSet());
        for (String domain : domains) {
            List<Integer> others = IntStream.range(0, experts.size())
                    .filter(e -> !experts.get(e).domain().equals(domain))
                    .boxed()
                    .toList();
            List<Integer> kept = IntStream.range(0, documents.size())
                    .filter(d -> !documents.get(d).domain().equals(domain))
                    .boxed()
                    .toList();
            long prompts = kept.stream()
                    .map(d -> ByteBuffer.wrap(documents.get(d).prompt()))
                    .distinct()
                    .count();
            if (!others.isEmpty() && prompts > 1) {
                routers.put(
                        domain,
                        new RouterTrainer(spec.training())
                                .train(losses.of(others, kept))
                                .router());
            }
        }
        return routers;
    }
}
