package io.retort.jobs.teach;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.LogitManifest;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.TeacherComparison.Divergence;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.corpora.ContentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.Watch;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.teachers.ReferenceCheck;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Has a teacher score a corpus. */
public final class TeachJob implements Job<TeachSpec, TeachReport> {
    static final String NAME = "teach";
    private static final int SAMPLE_PLACES = 8;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final ConcurrentMap<String, TeachingPlan> planned = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, List<Divergence>> references = new ConcurrentHashMap<>();

    /** Main class for spark-submit, with the options of {@code retort teach}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Measures a sample for some seconds, see {@link PlanOptions#runTime}. */
    @Override
    public Plan plan(TeachSpec spec) throws IOException, InterruptedException {
        Storage storage = StorageSettings.ofProcess().open();
        String id = spec.logitsId();
        Location dataset = spec.workspace().logits(id);
        spec.teacher().confirm();
        if (storage.exists(dataset.resolve(LogitManifest.FILE_NAME))) {
            return Plan.alreadyDone(NAME, id, dataset.value());
        }
        spec.teacher().shared().requireEntriesFor(spec.options().logitSettings().selection());
        TeachingPlan plan = TeachingPlans.of(spec, storage, spec.planning().runTime());
        planned.put(id, plan);
        List<String> actions = new ArrayList<>(List.of(
                "score " + Figures.count(plan.documents()) + " documents of corpus "
                        + spec.corpus().corpusId() + " with teacher "
                        + spec.identity().name() + " ("
                        + spec.identity().digest().substring(0, 12) + ")",
                "write " + plan.shards() + " shards (" + plan.shardsThere() + " there already) into " + dataset,
                plan.sample().line()));
        spec.weights().line().ifPresent(actions::add);
        List<Divergence> divergences = ReferenceCheck.all(spec.teacher(), most -> sample(spec, storage, most));
        references.put(id, divergences);
        divergences.forEach(divergence -> actions.add(ReferenceCheck.render(divergence)));
        return new Plan(NAME, id, Completion.TO_DO, actions, plan.cost());
    }

    /** Documents from the beginnings of shards all over the corpus. */
    private static List<Document> sample(TeachSpec spec, Storage storage, int most) throws IOException {
        List<ContentShard> shards = TeachingPlans.shards(spec, storage);
        int places = Math.min(SAMPLE_PLACES, shards.size());
        List<Document> sample = new ArrayList<>();
        try (ShardReader reader =
                new ShardReader(storage, spec.workspace().corpus(spec.corpus().corpusId()))) {
            for (int place = 0; place < places; place++) {
                List<Document> documents =
                        reader.read(shards.get(place * shards.size() / places).documents());
                sample.addAll(documents.subList(0, Math.min(documents.size(), (most + places - 1) / places)));
            }
        }
        return sample.subList(0, Math.min(most, sample.size()));
    }

    /** What teaching would do and cost, measured at length; nothing is written. */
    public static TeachPlanReport planReport(TeachSpec spec) throws IOException, InterruptedException {
        Storage storage = StorageSettings.ofProcess().open();
        String id = spec.logitsId();
        Location dataset = spec.workspace().logits(id);
        spec.teacher().confirm();
        boolean done = storage.exists(dataset.resolve(LogitManifest.FILE_NAME));
        TeachingPlan plan = done
                ? TeachingPlan.ofNothing(spec.manifest(storage).shards().size())
                : TeachingPlans.of(spec, storage, spec.planning().planTime());
        return new TeachPlanReport(
                NAME,
                id,
                done ? Completion.ALREADY_DONE : Completion.TO_DO,
                dataset.value(),
                spec.identity().name(),
                plan);
    }

    @Override
    public TeachReport execute(TeachSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        String id = spec.logitsId();
        DatasetFiles files = new DatasetFiles(spec.workspace().logits(id));
        Location manifestFile = files.dataset().resolve(LogitManifest.FILE_NAME);
        spec.teacher().keep(storage);
        if (storage.exists(manifestFile)) {
            return TeachReports.of(
                    new TeachReports.Dataset(id, Completion.ALREADY_DONE, files.dataset()),
                    spec.manifest(storage),
                    TeachReports.phases(storage, files),
                    RunTotals.NONE,
                    TeachReports.Before.NOTHING);
        }
        List<ContentShard> shards = TeachingPlans.shards(spec, storage);
        long documents = shards.stream()
                .mapToLong(shard -> shard.documents().documents())
                .sum();
        context.log().input("corpus", spec.corpus().corpusId());
        context.log().input("teacher", spec.identity().digest());
        // Spark starts before the clock does: its start is no part of the plan.
        context.spark();
        long begun = System.nanoTime();
        List<ShardResult> results = teach(spec, context, shards, documents);
        RunTotals run = RunTotals.of(results, ShardScoring.secondsSince(begun));
        LogitManifest manifest = TeachingOrders.manifest(spec, results);
        TeachingOrders.requireFewQuarantined(spec, manifest, documents);
        finish(storage, files.dataset(), manifest);
        context.log().output("logits", id);
        context.log().output("logits digest", manifest.datasetDigest());
        return TeachReports.of(
                new TeachReports.Dataset(id, Completion.DONE, files.dataset()),
                manifest,
                results.stream().map(result -> result.cost().phases()).reduce(PhaseSeconds.NONE, PhaseSeconds::plus),
                run,
                new TeachReports.Before(outcomes(spec, run), references.getOrDefault(id, List.of())));
    }

    /** Writes the manifest, and then removes what killed runs left: whoever writes still finds the dataset finished. */
    private static void finish(Storage storage, Location dataset, LogitManifest manifest) throws IOException {
        Location file = dataset.resolve(LogitManifest.FILE_NAME);
        try {
            manifest.write(storage, dataset);
        } catch (IOException e) {
            // Another run that finished first has removed what this one wrote; its manifest says the same.
            if (!storage.exists(file)) {
                throw e;
            }
        }
        storage.deleteUnfinishedBelow(dataset);
    }

    private List<PlanOutcome> outcomes(TeachSpec spec, RunTotals run) {
        TeachingPlan plan = planned.get(spec.logitsId());
        return plan == null
                ? List.of()
                : PlanOutcome.of(plan, run, spec.planning().pricePerMillionTokens());
    }

    private static List<ShardResult> teach(
            TeachSpec spec, JobContext context, List<ContentShard> shards, long documents) throws IOException {
        TeachingTask task = TeachingOrders.task(spec, context, shards);
        TeachingProgress progress =
                new TeachingProgress(context.storage(), task.place().dataset().costs(), context.log());
        try (Progress.Track track = context.progress().start(NAME, documents, "documents");
                Watch watch = Watch.every(LOOK_EVERY, () -> progress.show(track))) {
            return context.distribute(TeachingOrders.of(spec, shards))
                    .mapPartitions(task)
                    .collect();
        }
    }
}
