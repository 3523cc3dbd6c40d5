package io.retort.jobs.clusters;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.clustering.ClusterRouting;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.Fleet;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** Compares the experts of clusters with others. */
final class ManyExpertsJob implements Job<ManyExpertsSpec, ManyExpertsReport> {
    static final String NAME = "clusters";
    private static final String SUMMARY = "clusters.txt";
    /** So few, for all experts read each. */
    private static final int DOCUMENTS_A_SHARD = 4;
    /** Of the estimate only: bytes that one expert reads in a second and task. */
    private static final double BYTES_A_SECOND = 50_000;

    @Override
    public String name() {
        return NAME;
    }

    private static boolean finished(Storage storage, Location report) throws IOException {
        return storage.exists(report.resolve(ManyExpertsReport.FILE_NAME));
    }

    @Override
    public Plan plan(ManyExpertsSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        Location report = spec.workspace().reports(spec.reportId());
        if (finished(storage, report)) {
            return Plan.alreadyDone(NAME, spec.reportId(), report.value());
        }
        CorpusManifest corpus = spec.mixed().manifest(storage);
        long bytes = corpus.files().stream()
                .filter(file -> file.split() == Split.TEST)
                .mapToLong(file -> file.textBytes())
                .sum();
        int experts = 2 * spec.groups().settings().clusters();
        return new Plan(
                NAME,
                spec.reportId(),
                Completion.TO_DO,
                List.of("have " + experts + " experts and their rivals predict " + Figures.bytes(bytes)
                        + " of test documents, and compare them in " + report),
                new Cost(Duration.ofSeconds(Math.round(5 + experts * bytes / BYTES_A_SECOND)), 1 << 14, 0));
    }

    @Override
    public ManyExpertsReport execute(ManyExpertsSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        Location directory = spec.workspace().reports(spec.reportId());
        if (finished(storage, directory)) {
            return Json.read(storage, directory.resolve(ManyExpertsReport.FILE_NAME), ManyExpertsReport.class)
                    .withCompletion(Completion.ALREADY_DONE);
        }
        for (DistilSpec training : spec.trainings()) {
            context.log().input("experts", training.expertsId());
        }
        Broadcast<ClusterRouting> clusters = context.sparkContext()
                .broadcast(RoutingFile.read(storage, spec.groups().directory()));
        Broadcast<ClusterRouting> random = context.sparkContext()
                .broadcast(RoutingFile.read(
                        storage, spec.groups().with(Grouping.RANDOM).directory()));
        try {
            Competition competition = new Competition(
                    context.storageSettings(),
                    spec.mixed().directory(),
                    spec.groups().beginningBytes(),
                    spec.measuring().chosen(),
                    new Competition.Routed(Fleet.distilled(spec.clusters(), context.storageSettings()), clusters),
                    new Competition.Routed(Fleet.distilled(spec.random(), context.storageSettings()), random));
            ManyExpertsReport report = compare(spec, context, competition);
            storage.write(directory.resolve(SUMMARY), (report.render() + "\n").getBytes(StandardCharsets.UTF_8));
            Json.write(storage, directory.resolve(ManyExpertsReport.FILE_NAME), report);
            context.log().output("report", spec.reportId());
            return report;
        } finally {
            clusters.destroy();
            random.destroy();
        }
    }

    private static ManyExpertsReport compare(ManyExpertsSpec spec, JobContext context, Competition competition)
            throws IOException {
        CorpusManifest corpus = spec.mixed().manifest(context.storage());
        List<DocumentShard> held = shards(corpus, Split.VALIDATION);
        List<DocumentShard> test = shards(corpus, Split.TEST);
        try (Progress.Track track = context.progress().start(NAME, 2, "passes")) {
            List<Double> temperatures = spec.measuring().temperatures();
            long[][] sums = context.distribute(held)
                    .mapPartitions(new TemperatureTask(competition, temperatures))
                    .reduce(ManyExpertsJob::plus);
            double clusterTemperature = temperatures.get(least(sums[0]));
            double randomTemperature = temperatures.get(least(sums[1]));
            track.at(1, "temperature " + clusterTemperature);
            Singles singles = Singles.of(spec, context);
            Losses losses = context.distribute(test)
                    .mapPartitions(new LossesTask(
                            competition,
                            singles.contenders(),
                            singles.students(),
                            clusterTemperature,
                            randomTemperature,
                            spec.measuring().bootstrap()))
                    .reduce(Losses::merge);
            track.at(2, "");
            return new ReportDraft(spec, losses).report(NAME, clusterTemperature);
        }
    }

    private static List<DocumentShard> shards(CorpusManifest corpus, Split split) {
        List<DocumentShard> shards = DocumentShard.of(corpus, List.of(split), DOCUMENTS_A_SHARD);
        if (shards.isEmpty()) {
            throw new InvalidDataException("expected " + split.label()
                    + " documents to compare experts on, found none in corpus " + corpus.id());
        }
        return shards;
    }

    private static long[][] plus(long[][] left, long[][] right) {
        long[][] sums = new long[left.length][left[0].length];
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums[i].length; j++) {
                sums[i][j] = left[i][j] + right[i][j];
            }
        }
        return sums;
    }

    private static int least(long[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        return least;
    }

    /** Contenders that are one student each, in order. */
    private record Singles(List<Contender> contenders, Fleet students) {
        static Singles of(ManyExpertsSpec spec, JobContext context) {
            List<Contender> contenders = new ArrayList<>();
            List<Fleet.Place> places = new ArrayList<>();
            for (DistilSpec shared : spec.shared()) {
                contenders.add(Contender.SHARED);
                places.addAll(Fleet.distilled(shared, context.storageSettings()).places());
            }
            contenders.add(Contender.DENSE_ONE);
            contenders.add(Contender.DENSE_CHOSEN);
            contenders.add(Contender.DENSE_ALL);
            places.addAll(
                    Fleet.distilled(spec.dense(), context.storageSettings()).places());
            return new Singles(contenders, new Fleet(context.storageSettings(), places));
        }
    }
}
