package io.retort.jobs.prepare;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusLayout;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.CorpusManifest.CorpusSource;
import io.retort.datasets.corpus.CorpusManifest.TaskCount;
import io.retort.datasets.corpus.RejectionLog;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Makes a corpus. */
public final class PrepareJob implements Job<PrepareSpec, PrepareReport> {
    static final String NAME = "prepare";
    private static final int DOCUMENTS_PER_FILE = 8192;
    private static final int STEPS = 4;
    /** Streams are lengthened so far before a suite is said to have too few documents. */
    private static final int LONGEST_STRETCH = 8;
    /** Of the estimate only: what generating and shuffling took a document, and its size in a file. */
    private static final int DOCUMENTS_A_SECOND = 4000;

    private static final int FILE_BYTES_A_DOCUMENT = 100;

    /** Main class for spark-submit, with the options of {@code retort prepare}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(PrepareSpec spec) throws IOException {
        String id = spec.corpusId();
        Location corpus = spec.workspace().corpus(id);
        if (StorageSettings.ofProcess().open().exists(corpus.resolve(CorpusLayout.MANIFEST))) {
            return Plan.alreadyDone(NAME, id, corpus.value());
        }
        long documents = spec.domains().stream()
                .mapToLong(domain -> domain.documents().total())
                .sum();
        Cost cost =
                new Cost(Duration.ofSeconds(5 + documents / DOCUMENTS_A_SECOND), documents * FILE_BYTES_A_DOCUMENT, 0);
        return new Plan(NAME, id, Completion.TO_DO, List.of(work(spec.domains(), documents) + " into " + corpus), cost);
    }

    private static String work(List<DomainSpec> domains, long documents) {
        long files = domains.stream()
                .flatMap(domain -> domain.sources().stream())
                .mapToLong(source -> source.files().size())
                .sum();
        boolean suites = domains.stream().anyMatch(domain -> domain.sources().isEmpty());
        return files == 0
                ? "generate " + Figures.count(documents) + " documents of " + domains.size() + " domains"
                : "make at most " + Figures.count(documents) + " documents of " + domains.size() + " domains, from "
                        + Figures.count(files) + " files" + (suites ? " and the suites" : "");
    }

    @Override
    public PrepareReport execute(PrepareSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        String id = spec.corpusId();
        Location corpus = spec.workspace().corpus(id);
        Location manifestFile = corpus.resolve(CorpusLayout.MANIFEST);
        if (storage.exists(manifestFile)) {
            CorpusManifest manifest = CorpusManifest.read(storage, corpus);
            return new PrepareReport(NAME, id, Completion.ALREADY_DONE, corpus.value(), manifest);
        }
        // What an unfinished run left is not trusted: a corpus is cheap to make again.
        storage.delete(corpus);
        int number = 0;
        for (CorpusSource source : spec.sources()) {
            number++;
            context.log().input("source " + number + " " + source.name(), source.digest());
        }
        CorpusManifest manifest = make(spec, context, corpus);
        manifest.write(storage, corpus);
        context.log().output("corpus", id);
        context.log().output("corpus manifest", storage.sha256(manifestFile));
        return new PrepareReport(NAME, id, Completion.DONE, corpus.value(), manifest);
    }

    private static CorpusManifest make(PrepareSpec spec, JobContext context, Location corpus) throws IOException {
        for (int stretch = 1; ; stretch *= 2) {
            CorpusManifest manifest = attempt(spec, context, corpus, stretch);
            requireTrainAndTest(spec, manifest);
            List<String> lacking = lacking(spec, manifest);
            if (lacking.isEmpty()) {
                return manifest;
            }
            if (stretch >= LONGEST_STRETCH) {
                throw new InvalidDataException("expected suites with enough different documents, found too few: "
                        + String.join("; ", lacking));
            }
            context.log().event("stretch", Map.of("lacking", lacking));
        }
    }

    private static CorpusManifest attempt(PrepareSpec spec, JobContext context, Location corpus, int stretch)
            throws IOException {
        SparkSession spark = context.spark();
        List<SuiteBlock> blocks = new ArrayList<>();
        List<SourceFile> sourceFiles = new ArrayList<>();
        for (DomainSpec domain : spec.domains()) {
            if (domain.isGenerated()) {
                blocks.addAll(SuiteBlock.of(domain, spec.seed(), stretch));
            } else {
                sourceFiles.addAll(SourceFile.of(domain));
            }
        }
        StorageSettings settings = context.storageSettings();
        JavaRDD<SourceFile.Read> reads = context.distribute(sourceFiles)
                .zipWithIndex()
                .map(file -> file._1().read(settings, file._2()))
                .persist(StorageLevel.MEMORY_AND_DISK());
        JavaRDD<Row> candidates = context.distribute(blocks)
                .flatMap(SuiteBlock::rows)
                .union(reads.flatMap(read -> read.rows().iterator()));
        Dataset<Row> numbered = CandidateRows.numbered(spark.createDataFrame(candidates, CandidateRows.SCHEMA))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> chosen = CandidateRows.within(CandidateRows.distinct(numbered), spec.domains());
        try (Progress.Track track = context.progress().start(NAME, STEPS, "steps")) {
            SortedMap<String, Long> duplicates = CandidateRows.duplicates(numbered);
            RejectionLog rejections = rejections(reads);
            rejections.write(context.storage(), corpus);
            track.at(1, "documents made");
            List<CorpusFile> files = write(context, corpus, chosen);
            track.at(2, "files written");
            requireDisjoint(CandidateRows.sharedPrompts(chosen));
            track.at(3, "splits compared");
            List<TaskCount> counts = CandidateRows.counts(chosen);
            track.at(STEPS, "");
            return new CorpusManifest(
                    CorpusManifest.FORMAT_VERSION,
                    spec.corpusId(),
                    spec.sources(),
                    counts,
                    files,
                    duplicates,
                    rejections.counts());
        } finally {
            numbered.unpersist();
            reads.unpersist();
        }
    }

    /**
     * What was rejected, in the order of the files.
     *
     * @throws InvalidDataException if a source gave nothing but rejected records
     */
    private static RejectionLog rejections(JavaRDD<SourceFile.Read> reads) {
        RejectionLog all = new RejectionLog();
        SortedMap<String, Long> documents = new TreeMap<>();
        reads.map(read -> new SourceFile.Summary(read.source(), read.rows().size(), read.rejections()))
                .collect()
                .forEach(summary -> {
                    all.merge(summary.rejections());
                    documents.merge(summary.source(), summary.documents(), Long::sum);
                });
        documents.forEach((source, count) -> {
            if (count == 0) {
                throw new InvalidDataException("expected at least one document of source " + source
                        + ", found its records all rejected: "
                        + all.counts().stream()
                                .filter(rejected -> rejected.source().equals(source))
                                .map(rejected -> rejected.records() + " "
                                        + rejected.reason().label())
                                .collect(Collectors.joining(", ")));
            }
        });
        return all;
    }

    private static List<CorpusFile> write(JobContext context, Location corpus, Dataset<Row> chosen) {
        return CandidateRows.inFiles(chosen, DOCUMENTS_PER_FILE)
                .mapPartitions(new CorpusWriting(context.storageSettings(), corpus), Encoders.STRING())
                .collectAsList()
                .stream()
                .map(CorpusWriting::parse)
                .sorted(Comparator.comparing(CorpusFile::path))
                .toList();
    }

    /** Candidates of a prompt in two splits were reduced to those of one, so anything else is a fault of ours. */
    private static void requireDisjoint(long sharedPrompts) {
        if (sharedPrompts > 0) {
            throw new IllegalStateException(
                    "expected every prompt in one split, found " + sharedPrompts + " in more than one");
        }
    }

    /** Of sources there may be few documents, but without these two splits there is nothing to learn or to report. */
    private static void requireTrainAndTest(PrepareSpec spec, CorpusManifest manifest) {
        for (DomainSpec domain : spec.domains()) {
            for (Split split : List.of(Split.TRAIN, Split.TEST)) {
                if (manifest.documents(domain.name(), split) == 0) {
                    throw new InvalidDataException("expected documents of domain " + domain.name() + " for "
                            + split.label() + ", found none: its sources give too few");
                }
            }
        }
    }

    private static List<String> lacking(PrepareSpec spec, CorpusManifest manifest) {
        List<String> lacking = new ArrayList<>();
        for (DomainSpec domain : spec.domains()) {
            for (Split split : Split.values()) {
                long found = manifest.documents(domain.name(), split);
                int wanted = domain.documents().of(split);
                if (domain.isGenerated() && found < wanted) {
                    lacking.add(domain.name() + " has " + found + " of " + wanted + " for " + split.label());
                }
            }
        }
        return lacking;
    }
}
