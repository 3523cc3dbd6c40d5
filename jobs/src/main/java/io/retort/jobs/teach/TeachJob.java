package io.retort.jobs.teach;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.LogitManifest;
import io.retort.datasets.logits.QuarantineReason;
import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.logits.TeacherReference;
import io.retort.datasets.logits.TeachingCost;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.Watch;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.teachers.ReferenceCheck;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Has a teacher score a corpus. */
public final class TeachJob implements Job<TeachSpec, TeachReport> {
    static final String NAME = "teach";
    private static final int SAMPLE_PLACES = 8;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Main class for spark-submit, with the options of {@code retort teach}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(TeachSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        String id = spec.logitsId();
        Location dataset = spec.workspace().logits(id);
        if (storage.exists(dataset.resolve(LogitManifest.FILE_NAME))) {
            return Plan.alreadyDone(NAME, id, dataset.value());
        }
        CorpusManifest corpus = spec.corpus().manifest(storage);
        List<DocumentShard> shards = shards(spec, corpus);
        long documents = shards.stream().mapToLong(DocumentShard::documents).sum();
        long found = storage.list(dataset.resolve(TeachSpec.COSTS)).size();
        Cost cost = TeachingEstimate.of(corpus, spec.options().splits()).less(found, shards.size());
        List<String> actions = new ArrayList<>(List.of(
                "score " + Figures.count(documents) + " documents of corpus "
                        + spec.corpus().corpusId() + " with teacher "
                        + spec.identity().name() + " ("
                        + spec.identity().digest().substring(0, 12) + ")",
                "write " + shards.size() + " shards (" + found + " there already) into " + dataset));
        actions.addAll(ReferenceCheck.lines(spec.teacher(), most -> sample(spec, storage, shards, most)));
        return new Plan(NAME, id, Completion.TO_DO, actions, cost);
    }

    /** Documents from the beginnings of shards all over the corpus. */
    private static List<Document> sample(TeachSpec spec, Storage storage, List<DocumentShard> shards, int most)
            throws IOException {
        int places = Math.min(SAMPLE_PLACES, shards.size());
        List<Document> sample = new ArrayList<>();
        try (ShardReader reader =
                new ShardReader(storage, spec.workspace().corpus(spec.corpus().corpusId()))) {
            for (int place = 0; place < places; place++) {
                List<Document> documents = reader.read(shards.get(place * shards.size() / places));
                sample.addAll(documents.subList(0, Math.min(documents.size(), (most + places - 1) / places)));
            }
        }
        return sample.subList(0, Math.min(most, sample.size()));
    }

    private static List<DocumentShard> shards(TeachSpec spec, CorpusManifest corpus) {
        return DocumentShard.of(corpus, spec.options().splits(), spec.options().shardDocuments());
    }

    @Override
    public TeachReport execute(TeachSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        String id = spec.logitsId();
        Location dataset = spec.workspace().logits(id);
        Location manifestFile = dataset.resolve(LogitManifest.FILE_NAME);
        if (storage.exists(manifestFile)) {
            return TeachReports.of(id, Completion.ALREADY_DONE, dataset, spec.manifest(storage), 0);
        }
        CorpusManifest corpus = spec.corpus().manifest(storage);
        List<DocumentShard> shards = shards(spec, corpus);
        long documents = shards.stream().mapToLong(DocumentShard::documents).sum();
        context.log().input("corpus", spec.corpus().corpusId());
        context.log().input("teacher", spec.identity().digest());
        List<ShardResult> results = teach(spec, context, shards, documents);
        LogitManifest manifest = manifest(spec, results);
        requireFewQuarantined(spec, manifest, documents);
        storage.write(manifestFile, manifest.toJson());
        context.log().output("logits", id);
        context.log().output("logits digest", manifest.datasetDigest());
        int made = (int) results.stream().filter(result -> !result.found()).count();
        return TeachReports.of(id, Completion.DONE, dataset, manifest, made);
    }

    private static List<ShardResult> teach(
            TeachSpec spec, JobContext context, List<DocumentShard> shards, long documents) throws IOException {
        Location dataset = spec.workspace().logits(spec.logitsId());
        TeachingProgress progress = new TeachingProgress(context.storage(), dataset.resolve(TeachSpec.COSTS));
        TeachingTask task = new TeachingTask(
                context.storageSettings(),
                spec.workspace().corpus(spec.corpus().corpusId()),
                dataset,
                spec.teacher(),
                spec.options());
        try (Progress.Track track = context.progress().start(NAME, documents, "documents");
                Watch watch = Watch.every(LOOK_EVERY, () -> progress.show(track))) {
            return context.distribute(shards).mapPartitions(task).collect();
        }
    }

    private static LogitManifest manifest(TeachSpec spec, List<ShardResult> results) {
        Map<QuarantineReason, Integer> unscored = new EnumMap<>(QuarantineReason.class);
        TeachingCost cost = TeachingCost.NONE;
        for (ShardResult result : results) {
            result.unscored().forEach((reason, count) -> unscored.merge(reason, count, Integer::sum));
            cost = cost.plus(new TeachingCost(
                    result.cost().teacherTokens(), result.cost().teacherSeconds(), 0));
        }
        return new LogitManifest(
                new TeacherReference(
                        spec.identity().name(),
                        spec.identity().digest(),
                        spec.identity().contextTokens()),
                new ShardOrigin(
                        spec.identity().digest(),
                        spec.identity().tokenizerDigest(),
                        spec.options().logitSettings()),
                results.stream().map(ShardResult::manifestShard).toList(),
                unscored,
                cost);
    }

    private static void requireFewQuarantined(TeachSpec spec, LogitManifest manifest, long documents) {
        long quarantined = manifest.quarantined().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        if (quarantined > spec.options().quarantineLimit() * documents) {
            throw new InvalidDataException("expected at most "
                    + Figures.share(spec.options().quarantineLimit()) + " of " + documents
                    + " documents in quarantine (retort.teach.quarantine-limit), found " + quarantined + ": "
                    + manifest.quarantined());
        }
    }
}
