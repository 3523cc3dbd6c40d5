package io.retort.jobs.clusters;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.corpus.TaskTally;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.clustering.BalancedKMeans;
import io.retort.distill.clustering.ClusterRouting;
import io.retort.distill.clustering.ClusteredDocument;
import io.retort.distill.clustering.DocumentPasses;
import io.retort.distill.clustering.Drawn;
import io.retort.distill.clustering.Embedding;
import io.retort.distill.clustering.NearCentres;
import io.retort.distill.clustering.Placement;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** Regroups a corpus. */
public final class GroupJob implements Job<GroupingSpec, GroupReport> {
    static final String NAME = "group";
    private static final int DOCUMENTS_A_SHARD = 256;
    /** A file is written by one task, in memory. */
    private static final int DOCUMENTS_A_FILE = 20_000;
    /** Of the estimate only. */
    private static final int DOCUMENTS_A_SECOND = 1_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(GroupingSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        if (spec.finished(storage)) {
            return Plan.alreadyDone(NAME, spec.corpusId(), spec.directory().value());
        }
        CorpusManifest whole = spec.whole().manifest(storage);
        requireDocuments(spec, whole);
        return new Plan(
                NAME,
                spec.corpusId(),
                Completion.TO_DO,
                List.of("group " + Figures.count(whole.documents()) + " documents of corpus "
                        + spec.whole().corpusId() + " into "
                        + Figures.count(spec.groups().size()) + " domains (" + spec.grouping() + ") in "
                        + spec.directory()),
                new Cost(Duration.ofSeconds(5 + whole.documents() / DOCUMENTS_A_SECOND), whole.textBytes(), 0));
    }

    private static void requireDocuments(GroupingSpec spec, CorpusManifest whole) {
        long train = trainDocuments(whole);
        if (train < spec.groups().size()) {
            throw new InvalidDataException("expected at least as many training documents as clusters, found " + train
                    + " for " + spec.groups().size() + " in " + spec.whole().directory());
        }
    }

    private static long trainDocuments(CorpusManifest corpus) {
        return corpus.domains().stream()
                .mapToLong(domain -> corpus.documents(domain, Split.TRAIN))
                .sum();
    }

    @Override
    public GroupReport execute(GroupingSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        Location corpus = spec.directory();
        if (spec.finished(storage)) {
            return report(spec, Completion.ALREADY_DONE, CorpusManifest.read(storage, corpus));
        }
        CorpusManifest whole = spec.whole().manifest(storage);
        requireDocuments(spec, whole);
        context.log().input("corpus", spec.whole().corpusId());
        // What an unfinished run left is not trusted: groups are cheap to make again.
        storage.delete(corpus);
        CorpusManifest manifest = write(spec, context, whole, groups(spec, context, whole));
        for (String group : spec.groups()) {
            if (manifest.documents(group, Split.TRAIN) == 0) {
                throw new InvalidDataException("expected documents in each of "
                        + spec.groups().size() + " clusters, found none in " + group + "; ask for fewer clusters");
            }
        }
        manifest.write(storage, corpus);
        context.log().output("corpus", spec.corpusId());
        return report(spec, Completion.DONE, manifest);
    }

    private static GroupReport report(GroupingSpec spec, Completion completion, CorpusManifest manifest) {
        return new GroupReport(
                NAME, spec.corpusId(), completion, spec.directory().value(), manifest);
    }

    private static Groups groups(GroupingSpec spec, JobContext context, CorpusManifest whole) throws IOException {
        if (spec.grouping() == Grouping.MIXED) {
            return new Groups.One(spec.groups().get(0));
        }
        WordsTask reading = new WordsTask(
                context.storageSettings(),
                spec.whole().directory(),
                new DocumentWords(spec.beginningBytes(), spec.settings().buckets()));
        JavaRDD<ClusteredDocument> words = context.distribute(
                        DocumentShard.of(whole, List.of(Split.TRAIN), DOCUMENTS_A_SHARD))
                .mapPartitions(reading)
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            DocumentPasses passes = new SparkPasses(words);
            Placement placement;
            Embedding embedding;
            Storage storage = context.storage();
            if (spec.grouping() == Grouping.CLUSTER) {
                placement = new BalancedKMeans(spec.settings()).fit(passes);
                embedding = ((NearCentres) placement.costs()).embedding();
            } else {
                GroupingSpec clusters = spec.with(Grouping.CLUSTER);
                long[] sizes = sizes(clusters, clusters.manifest(storage));
                placement = Placement.of(passes, new Drawn(sizes, spec.seed()), sizes);
                embedding = RoutingFile.read(storage, clusters.directory()).embedding();
            }
            ClusterRouting routing = ClusterRouting.of(
                    passes, embedding, placement, spec.settings().clusters());
            RoutingFile.write(storage, spec.directory(), routing);
            // As it will be read, so that documents are where a later reader of the file would send them.
            return new Groups.Many(
                    spec.groups(), placement, RoutingFile.read(storage, spec.directory()), spec.beginningBytes());
        } finally {
            words.unpersist();
        }
    }

    private static long[] sizes(GroupingSpec clusters, CorpusManifest manifest) {
        return clusters.groups().stream()
                .mapToLong(group -> manifest.documents(group, Split.TRAIN))
                .toArray();
    }

    private static CorpusManifest write(GroupingSpec spec, JobContext context, CorpusManifest whole, Groups groups) {
        int files = (int) (1 + trainDocuments(whole) / spec.groups().size() / DOCUMENTS_A_FILE);
        GroupTask sending =
                new GroupTask(context.storageSettings(), spec.whole().directory(), groups, files);
        List<GroupFileTask.Made> made = context.distribute(
                        DocumentShard.of(whole, List.of(Split.values()), DOCUMENTS_A_SHARD))
                .mapPartitionsToPair(sending)
                .groupByKey()
                .map(new GroupFileTask(context.storageSettings(), spec.directory()))
                .collect();
        TaskTally tally = new TaskTally();
        made.forEach(file -> tally.merge(file.tally()));
        return new CorpusManifest(
                CorpusManifest.FORMAT_VERSION,
                spec.corpusId(),
                spec.sources(),
                tally.counts(),
                made.stream()
                        .map(GroupFileTask.Made::file)
                        .sorted(Comparator.comparing(file -> file.path()))
                        .toList(),
                new TreeMap<>(),
                List.of());
    }
}
