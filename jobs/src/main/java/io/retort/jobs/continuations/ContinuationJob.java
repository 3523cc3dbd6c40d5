package io.retort.jobs.continuations;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.CorpusManifest.TaskCount;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.corpus.TaskTally;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.continuations.Fate;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.corpora.ContentShard;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.Watch;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the train split of a corpus anew, from its own prompts. */
public final class ContinuationJob implements Job<ContinuationSpec, ContinuationReport> {
    static final String NAME = "write";
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Override
    public String name() {
        return NAME;
    }

    /** Has the authors write a sample, for some seconds. */
    @Override
    public Plan plan(ContinuationSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        String id = spec.corpusId();
        if (spec.finished(storage)) {
            return Plan.alreadyDone(NAME, id, spec.directory().value());
        }
        List<DocumentShard> shards = shards(spec, storage);
        List<DocumentShard> left = new ArrayList<>();
        for (DocumentShard shard : shards) {
            if (!storage.exists(WrittenShard.file(spec.directory(), shard))) {
                left.add(shard);
            }
        }
        long documents = documents(left);
        long texts = documents * spec.options().settings().samples();
        List<String> actions = new ArrayList<>(List.of(
                spec.authors().name() + " writes on from " + Figures.count(documents) + " prompts of corpus "
                        + spec.prompts().corpusId() + ", "
                        + spec.options().settings().samples() + " each ("
                        + Figures.count(documents(shards) - documents) + " are done already)",
                "make a corpus of it in " + spec.directory()));
        Cost cost = Cost.NOTHING;
        if (spec.authors().effort() == Authors.Effort.BOUGHT) {
            actions.add(Figures.count(texts) + " requests of at most "
                    + Figures.count(spec.options().settings().maxBytes())
                    + " tokens each; no sample is bought to say how long they take");
        } else if (!left.isEmpty()) {
            WritingSample sample = WritingSample.of(spec, storage, left);
            actions.add(sample.line());
            cost = sample.cost();
        }
        return new Plan(NAME, id, Completion.TO_DO, actions, cost);
    }

    private static long documents(List<DocumentShard> shards) {
        return shards.stream().mapToLong(DocumentShard::documents).sum();
    }

    private static List<DocumentShard> shards(ContinuationSpec spec, Storage storage) throws IOException {
        return ContentShard.of(
                        storage,
                        spec.prompts().directory(),
                        spec.prompts().manifest(storage),
                        List.of(Split.TRAIN),
                        spec.options().shardDocuments())
                .stream()
                .map(ContentShard::documents)
                .toList();
    }

    @Override
    public ContinuationReport execute(ContinuationSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        Location corpus = spec.directory();
        Location summary = corpus.resolve(ContinuationReport.FILE_NAME);
        if (spec.finished(storage)) {
            storage.delete(WrittenShard.directory(corpus)); // a run that was killed just before its end left it
            return Json.read(storage, summary, ContinuationReport.class).withCompletion(Completion.ALREADY_DONE);
        }
        context.log().input("corpus", spec.prompts().corpusId());
        context.log().input("author", spec.authors().name());
        spec.authors().begin(storage);
        List<WrittenShard> written = write(spec, context);
        SortedMap<String, Tally> tallies = tallies(written);
        requireFewRefused(spec, tallies);
        CorpusManifest manifest = assemble(spec, context, written);
        requireDocuments(manifest, tallies);
        ContinuationReport report = new ContinuationReport(
                NAME,
                spec.corpusId(),
                Completion.DONE,
                corpus.value(),
                spec.authors().name(),
                tallies,
                manifest.duplicates());
        Json.write(storage, summary, report);
        manifest.write(storage, corpus);
        storage.delete(WrittenShard.directory(corpus));
        context.log().output("corpus", spec.corpusId());
        return report;
    }

    private static List<WrittenShard> write(ContinuationSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        List<DocumentShard> shards = shards(spec, storage);
        WritingTask task = new WritingTask(
                context.storageSettings(),
                spec.prompts().directory(),
                spec.directory(),
                spec.authors(),
                spec.options());
        WritingProgress progress = new WritingProgress(storage, WrittenShard.tallies(spec.directory()));
        long texts = documents(shards) * spec.options().settings().samples();
        try (Progress.Track track = context.progress().start(NAME, texts, "texts");
                Watch watch = Watch.every(LOOK_EVERY, () -> progress.show(track))) {
            return context.distribute(shards).mapPartitions(task).collect();
        }
    }

    private static SortedMap<String, Tally> tallies(List<WrittenShard> written) {
        SortedMap<String, Tally> tallies = new TreeMap<>();
        written.forEach(shard -> tallies.merge(shard.file().domain(), shard.tally(), Tally::plus));
        return tallies;
    }

    private static CorpusManifest assemble(ContinuationSpec spec, JobContext context, List<WrittenShard> written)
            throws IOException {
        Storage storage = context.storage();
        Location prompts = spec.prompts().directory();
        CorpusManifest others = spec.prompts().manifest(storage);
        List<CorpusFile> kept = Selection.kept(others, spec.options().originals());
        Selection selection = Selection.of(storage, WrittenShard.texts(spec.directory()), written, prompts, kept);
        List<FileTask.Made> made = context.distribute(selection.files())
                .map(new FileTask(context.storageSettings(), spec.directory()))
                .collect();
        context.distribute(kept)
                .map(new CopyTask(context.storageSettings(), prompts, spec.directory()))
                .collect();
        List<CorpusFile> files = new ArrayList<>(kept);
        made.forEach(file -> files.add(file.file()));
        files.sort(Comparator.comparing(CorpusFile::path));
        return new CorpusManifest(
                CorpusManifest.FORMAT_VERSION,
                spec.corpusId(),
                spec.sources(),
                counts(others, spec.options().originals(), made),
                files,
                selection.duplicates(),
                List.of());
    }

    /** What is kept and what was written, by domain, split and task. */
    private static List<TaskCount> counts(CorpusManifest others, Originals originals, List<FileTask.Made> made) {
        TaskTally tally = new TaskTally();
        others.counts().stream()
                .filter(count -> originals == Originals.KEPT || count.split() != Split.TRAIN)
                .forEach(tally::add);
        made.forEach(file -> tally.merge(file.tally()));
        return tally.counts();
    }

    /** Texts that the author would not write are gaps, of which a corpus may have as few as a dataset. */
    private static void requireFewRefused(ContinuationSpec spec, SortedMap<String, Tally> tallies) {
        Tally all = tallies.values().stream().reduce(Tally.NONE, Tally::plus);
        if (all.of(Fate.REFUSED) > spec.options().refusedLimit() * all.texts()) {
            throw new InvalidDataException("expected at most "
                    + Figures.share(spec.options().refusedLimit()) + " of " + all.texts()
                    + " texts refused (retort.teach.quarantine-limit), found " + all.of(Fate.REFUSED));
        }
    }

    /** A domain without a document to learn from would stop a later stage with less to say. */
    private static void requireDocuments(CorpusManifest manifest, SortedMap<String, Tally> tallies) {
        tallies.forEach((domain, tally) -> {
            if (manifest.documents(domain, Split.TRAIN) == 0) {
                throw new InvalidDataException("expected at least one text of domain " + domain
                        + " that is a document, found none among " + tally.texts() + ": " + tally.fates());
            }
        });
    }
}
