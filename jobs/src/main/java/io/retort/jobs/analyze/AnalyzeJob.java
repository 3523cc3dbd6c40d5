package io.retort.jobs.analyze;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.analysis.DocumentRouting;
import io.retort.distill.analysis.ExpertFigures;
import io.retort.distill.analysis.ExpertPlace;
import io.retort.distill.analysis.LayerFigures;
import io.retort.distill.analysis.RouterFigures;
import io.retort.distill.analysis.RoutingMap;
import io.retort.distill.analysis.WeightRows;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.corpora.DocumentShard;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;

/** Analyses a mixture-of-experts checkpoint. */
public final class AnalyzeJob implements Job<AnalyzeSpec, AnalyzeReport> {
    static final String NAME = "analyze";
    /** Of the estimate only. */
    private static final double DOCUMENTS_A_SECOND_AND_TASK = 20;

    private static final double EXPERTS_A_SECOND_AND_TASK = 0.5;
    private static final int BYTES_AN_EXPERT = 400;

    /** Main class for spark-submit, with the options of {@code retort analyze}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(AnalyzeSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        String id = spec.analysisId();
        Location directory = AnalysisFiles.directory(spec.workspace(), id);
        if (AnalysisFiles.finished(storage, directory)) {
            return Plan.alreadyDone(NAME, id, directory.value());
        }
        List<String> actions = new ArrayList<>();
        double seconds = 5;
        int tasks = Math.max(2, Runtime.getRuntime().availableProcessors());
        int experts = 0;
        if (spec.options().has(AnalysisPart.STATIC)) {
            experts = experts(spec).size();
            actions.add("read the weights of " + Figures.count(experts) + " experts of " + named(spec.weights()));
            seconds += experts / EXPERTS_A_SECOND_AND_TASK / tasks;
        }
        if (spec.options().has(AnalysisPart.DYNAMIC)) {
            ObservationTask.mixture(spec.teacher());
            long documents = ObservedShards.documents(shards(spec, storage));
            actions.add("observe the router on " + Figures.count(documents) + " documents of corpus "
                    + spec.corpus().corpusId());
            seconds += documents / DOCUMENTS_A_SECOND_AND_TASK / tasks;
        }
        actions.add("write tables and report.html into " + directory);
        return new Plan(
                NAME,
                id,
                Completion.TO_DO,
                actions,
                new Cost(Duration.ofSeconds(Math.round(seconds)), (1L << 18) + (long) experts * BYTES_AN_EXPERT, 0));
    }

    private static String named(WeightSource weights) {
        return weights.directory().isEmpty() ? "the embedded teacher" : weights.directory();
    }

    private static Set<ExpertPlace> experts(AnalyzeSpec spec) throws IOException {
        try (WeightRows weights = spec.weights().open()) {
            Set<ExpertPlace> places = ExpertPlace.all(weights.names());
            if (places.isEmpty()) {
                throw new IllegalArgumentException("expected tensors such as"
                        + " model.layers.1.mlp.experts.0.gate_proj.weight in " + named(spec.weights())
                        + ", found none: it is no mixture of experts");
            }
            return places;
        }
    }

    private static List<DocumentShard> shards(AnalyzeSpec spec, Storage storage) throws IOException {
        return ObservedShards.of(spec.corpus().manifest(storage), spec.options().observed());
    }

    @Override
    public AnalyzeReport execute(AnalyzeSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        String id = spec.analysisId();
        Location directory = AnalysisFiles.directory(spec.workspace(), id);
        if (AnalysisFiles.finished(storage, directory)) {
            return AnalysisFiles.read(storage, directory).withCompletion(Completion.ALREADY_DONE);
        }
        List<ExpertFigures> experts = spec.options().has(AnalysisPart.STATIC) ? readWeights(spec, context) : List.of();
        RoutingMap routing = spec.options().has(AnalysisPart.DYNAMIC)
                ? RoutingMap.of(observe(spec, context), domains(spec, context.storage()), spec.control())
                : new RoutingMap(0, List.of(), List.of());
        AnalyzeReport report =
                new AnalyzeReport(NAME, id, Completion.DONE, directory.value(), layers(spec, experts), routing);
        AnalysisFiles.write(storage, directory, report, AnalysisPage.of(spec, report, experts));
        context.log().output("analysis", id);
        return report;
    }

    private static List<String> domains(AnalyzeSpec spec, Storage storage) throws IOException {
        return spec.corpus().manifest(storage).domains();
    }

    private static List<ExpertFigures> readWeights(AnalyzeSpec spec, JobContext context) throws IOException {
        context.log().input("weights", spec.weights().digest());
        List<ExpertPlace> places = List.copyOf(experts(spec));
        try (Progress.Track track = context.progress().start("weights", places.size(), "experts")) {
            JavaRDD<ExpertFigures> figures =
                    context.distribute(places).mapPartitions(new ReadingTask(spec.weights(), spec.probeSettings()));
            List<ExpertFigures> collected = figures.collect().stream()
                    .sorted(Comparator.comparing(f -> new ExpertPlace(f.layer(), f.expert())))
                    .toList();
            track.at(collected.size(), "");
            return collected;
        }
    }

    private static List<LayerFigures> layers(AnalyzeSpec spec, List<ExpertFigures> experts) throws IOException {
        if (experts.isEmpty()) {
            return List.of();
        }
        TreeMap<Integer, List<ExpertFigures>> byLayer = experts.stream()
                .collect(Collectors.groupingBy(ExpertFigures::layer, TreeMap::new, Collectors.toList()));
        List<LayerFigures> layers = new ArrayList<>();
        try (WeightRows weights = spec.weights().open()) {
            for (List<ExpertFigures> layer : byLayer.values()) {
                RouterFigures router = RouterFigures.read(weights, layer.get(0).layer());
                layers.add(LayerFigures.of(layer, router, spec.options().neighbours()));
            }
        }
        return layers;
    }

    private static List<DocumentRouting> observe(AnalyzeSpec spec, JobContext context) throws IOException {
        context.log().input("corpus", spec.corpus().corpusId());
        context.log().input("teacher", spec.teacherDigest());
        List<DocumentShard> shards = shards(spec, context.storage());
        ObservationTask task = new ObservationTask(
                context.storageSettings(), spec.workspace().corpus(spec.corpus().corpusId()), spec.teacher());
        try (Progress.Track track =
                context.progress().start("routing", ObservedShards.documents(shards), "documents")) {
            List<DocumentRouting> routings =
                    context.distribute(shards).flatMap(task).collect();
            track.at(routings.size(), "");
            return routings;
        }
    }
}
