package io.retort.jobs.route;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.routing.ExpertLosses;
import io.retort.distill.routing.RouterTrainer;
import io.retort.distill.routing.TrainedRouter;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.corpora.DocumentShard;
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
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

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
        ExpertLosses losses = losses(spec, context, fleet);
        TrainedRouter trained = new RouterTrainer(spec.training()).train(losses);
        RouteReport report = new RouteReport(
                NAME,
                spec.routerId(),
                Completion.DONE,
                directory.value(),
                fleet.names(),
                losses.bestSingle(),
                trained.router().config().parameterCount(),
                Sha256.hex(RouterFiles.weights(trained.router())),
                trained.report());
        RouterFiles.write(storage, directory, trained.router(), report);
        context.log().output("router", report.weightsDigest());
        return report;
    }

    /** Sorted by document, since tasks may end in any order. */
    private static ExpertLosses losses(RouteSpec spec, JobContext context, Fleet fleet) throws IOException {
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
            return new ExpertLosses(
                    fleet.names(),
                    losses.stream().map(DocumentLosses::prompt).toList(),
                    losses.stream().map(DocumentLosses::losses).toArray(double[][]::new));
        }
    }
}
