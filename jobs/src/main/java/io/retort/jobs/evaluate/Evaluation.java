package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.eval.recall.RecallState;
import io.retort.eval.recall.RecallSummary;
import io.retort.eval.report.OverlapCheck;
import io.retort.eval.routing.RoutingState;
import io.retort.eval.routing.RoutingSummary;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.eval.summary.EvaluationState;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.ExpertRole;
import io.retort.jobs.JobContext;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.distil.ExpertSpec;
import io.retort.jobs.distil.Fleet;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;

/** The passes of an evaluation: over the train split, over the test split, over the outcomes, and over both for the router. */
final class Evaluation {
    static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final String RECALL_DOMAIN = "context";
    private static final int TRAIN_DOCUMENTS_A_SHARD = 4096;

    private final EvaluateSpec spec;
    private final JobContext context;
    private final CorpusManifest manifest;
    private final Location corpus;
    private final Location report;
    private final List<DocumentShard> testShards;
    /** Different test prompts of each domain. */
    private final Map<String, Set<String>> testPrompts = new HashMap<>();

    Evaluation(EvaluateSpec spec, JobContext context) throws IOException {
        this.spec = spec;
        this.context = context;
        manifest = spec.corpus().manifest(context.storage());
        corpus = spec.workspace().corpus(spec.corpus().corpusId());
        report = spec.workspace().reports(spec.reportId());
        testShards = EvaluateJob.testShards(manifest);
        readTestPrompts();
    }

    private void readTestPrompts() throws IOException {
        try (ShardReader reader = new ShardReader(context.storage(), corpus)) {
            for (DocumentShard shard : testShards) {
                for (Document document : reader.read(shard)) {
                    testPrompts
                            .computeIfAbsent(shard.domain(), domain -> new HashSet<>())
                            .add(TrainSplitCounts.promptKey(document));
                }
            }
        }
    }

    /** Counts of the train split, merged; they do not depend on the grouping. */
    TrainSplitCounts trainSplit() {
        Set<String> all = new HashSet<>();
        testPrompts.values().forEach(all::addAll);
        List<DocumentShard> shards = DocumentShard.of(manifest, List.of(Split.TRAIN), TRAIN_DOCUMENTS_A_SHARD);
        Broadcast<Set<String>> broadcast = context.sparkContext().broadcast(all);
        TrainSplitCounts counts = new TrainSplitCounts();
        context.distribute(shards)
                .mapPartitions(new TrainSplitTask(context.storageSettings(), corpus, broadcast))
                .collect()
                .forEach(counts::merge);
        broadcast.destroy();
        return counts;
    }

    /** The files with the outcomes of all test documents. */
    List<String> outcomes(TrainSplitCounts trainSplit) throws IOException {
        EvaluateTask.Place place = place();
        Contestants.Entry entry = entry();
        // What is missing is said here in one line, and not in a task.
        entry.teacher().confirm();
        Contestants.shared(spec.reportId(), entry);
        EvaluateTask task = new EvaluateTask(
                context.storageSettings(),
                place,
                entry,
                spec.options(),
                context.sparkContext().broadcast(trainSplit));
        try (Progress.Track track =
                        context.progress().start(EvaluateJob.NAME, testShards.size(), "groups of documents");
                Watch watch = Watch.every(
                        LOOK_EVERY,
                        () -> track.at(
                                context.storage()
                                        .filesBelow(place.samples(), ".parquet")
                                        .size(),
                                ""))) {
            return context.distribute(testShards).map(task).collect();
        }
    }

    private EvaluateTask.Place place() {
        return new EvaluateTask.Place(spec.reportId(), corpus, report);
    }

    private Contestants.Entry entry() {
        return new Contestants.Entry(
                spec.router().experts().bytes().logits().teacher(),
                Fleet.distilled(spec.router().experts(), context.storageSettings()),
                Fleet.controls(spec.router().experts(), context.storageSettings()),
                spec.workspace().router(spec.router().routerId()),
                spec.options().stored(),
                spec.options().compared());
    }

    /** The router's figures, once the outcomes are there. */
    RoutingSummary routing() {
        RoutingState state = new RoutingState();
        context.distribute(testShards)
                .mapPartitions(new RoutingTask(context.storageSettings(), place(), entry()))
                .collect()
                .forEach(state::merge);
        double temperature = Contestants.shared(spec.reportId(), entry())
                .retort()
                .bundle()
                .router()
                .config()
                .calibration()
                .temperature();
        return state.finish(temperature, spec.options().bootstrap());
    }

    /** What the expert of the domain context recalled, once the outcomes are there; empty where there is none. */
    Optional<RecallSummary> recall() {
        Optional<String> expert = roles().stream()
                .filter(role -> role.domain().equals(RECALL_DOMAIN))
                .map(ExpertRole::name)
                .findFirst();
        return expert.map(name -> {
            RecallState state = new RecallState(name);
            List<DocumentShard> shards = testShards.stream()
                    .filter(shard -> shard.domain().equals(RECALL_DOMAIN))
                    .toList();
            context.distribute(shards)
                    .mapPartitions(new RecallTask(context.storageSettings(), place(), name))
                    .collect()
                    .forEach(state::merge);
            if (state.finish().asked() > 0) {
                // The corpus asks so, and its prompts are short.
                context.distribute(LongRecallTask.LENGTHS)
                        .mapPartitions(new LongRecallTask(place(), entry(), name))
                        .collect()
                        .forEach(state::merge);
            }
            return state.finish();
        });
    }

    /** The figures of all outcomes. */
    EvaluationSummary summary(List<String> files) {
        return summary(
                context, files, EvaluationRoles.of(roles()), spec.options().bootstrap());
    }

    /** The figures of all outcomes in some files. */
    static EvaluationSummary summary(
            JobContext context, List<String> files, EvaluationRoles roles, BootstrapSettings bootstrap) {
        EvaluationState state = new EvaluationState(roles, bootstrap);
        // A state takes some megabytes, so there are no more of them than tasks.
        context.distribute(files)
                .coalesce(context.sparkContext().defaultParallelism())
                .mapPartitions(new SummaryTask(context.storageSettings(), roles, bootstrap))
                .collect()
                .forEach(state::merge);
        return state.finish();
    }

    private List<ExpertRole> roles() {
        List<ExpertRole> roles = new ArrayList<>();
        for (ExpertSpec expert : spec.router().experts().distilled()) {
            roles.add(new ExpertRole(expert.name(), expert.domain(), expert.parameters()));
        }
        return roles;
    }

    List<OverlapCheck> overlaps(TrainSplitCounts trainSplit) {
        return manifest.domains().stream()
                .map(domain -> new OverlapCheck(
                        domain, testPrompts.getOrDefault(domain, Set.of()).size(), trainSplit.shared(domain)))
                .toList();
    }
}
