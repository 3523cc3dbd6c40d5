package io.retort.jobs.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.tasks.TaskTotals;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.Watch;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.tasks.TaskFile.Questions;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Has a model answer tasks: each document once, in batches, a row each. */
public final class TasksJob implements Job<TasksSpec, TasksReport> {
    static final String NAME = "evaluate";
    private static final String RESULTS = "results.json";
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** Of the estimate only. */
    private static final double BYTES_A_SECOND_AND_TASK = 50_000;

    private static final int ROW_BYTES = 300;

    /** Main class for spark-submit, with the options of {@code retort evaluate --tasks}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(TasksSpec spec) throws IOException {
        String id = spec.reportId();
        Location report = spec.workspace().reports(id);
        if (StorageSettings.ofProcess().open().exists(report.resolve(RESULTS))) {
            return Plan.alreadyDone(NAME, id, report.value());
        }
        long documents = 0;
        long chars = 0;
        for (Questions asked : questions(spec)) {
            documents += asked.instances().size();
            chars += asked.instances().stream()
                    .mapToLong(instance -> instance.prompt().length()
                            + instance.continuations().stream()
                                    .mapToLong(String::length)
                                    .sum())
                    .sum();
        }
        int tasks = Math.max(1, Runtime.getRuntime().availableProcessors());
        return new Plan(
                NAME,
                id,
                Completion.TO_DO,
                List.of("give " + Figures.count(documents) + " documents of "
                        + spec.tasks().size() + " tasks to " + spec.subject().name() + "; report into " + report),
                new Cost(
                        Duration.ofSeconds(Math.round(5 + chars / BYTES_A_SECOND_AND_TASK / tasks)),
                        documents * ROW_BYTES + chars / 3,
                        0));
    }

    private static List<Questions> questions(TasksSpec spec) throws IOException {
        List<Questions> all = new ArrayList<>();
        for (TaskFile task : spec.tasks()) {
            all.add(task.questions(spec.limit()));
        }
        return all;
    }

    @Override
    public TasksReport execute(TasksSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        String id = spec.reportId();
        Location report = spec.workspace().reports(id);
        if (!storage.exists(report.resolve(RESULTS))) {
            context.log().input("model", spec.subject().digest());
            spec.tasks().forEach(task -> context.log().input(task.file(), task.yamlSha256()));
            List<Questions> asked = questions(spec);
            Map<String, Long> originals = new TreeMap<>();
            for (int t = 0; t < asked.size(); t++) {
                originals.put(
                        spec.tasks().get(t).definition().name(), asked.get(t).original());
            }
            context.spark();
            long begun = System.nanoTime();
            List<String> files = answered(spec, context, asked);
            context.log()
                    .event(
                            "answered",
                            Map.of(
                                    "documents",
                                    asked.stream()
                                            .mapToLong(each -> each.instances().size())
                                            .sum(),
                                    "seconds",
                                    (System.nanoTime() - begun) / 1e9));
            Map<String, TaskTotals> totals = totals(spec, context, files);
            ObjectNode results = TaskResults.of(spec, totals, originals);
            Json.write(storage, report.resolve(RESULTS), results);
            context.log().output("report", id);
            return new TasksReport(NAME, id, Completion.DONE, report.value(), results);
        }
        JsonNode results = Json.read(storage, report.resolve(RESULTS), JsonNode.class);
        return new TasksReport(NAME, id, Completion.ALREADY_DONE, report.value(), results);
    }

    /** The files with the rows. */
    private static List<String> answered(TasksSpec spec, JobContext context, List<Questions> asked) throws IOException {
        List<TaskBatch> batches = new ArrayList<>();
        for (int t = 0; t < asked.size(); t++) {
            batches.addAll(TaskBatch.of(t, asked.get(t).instances()));
        }
        Location report = spec.workspace().reports(spec.reportId());
        JavaSparkContext spark = context.sparkContext();
        Broadcast<ArrayList<TaskFile>> tasks = spark.broadcast(new ArrayList<>(spec.tasks()));
        Broadcast<TaskSubject> subject = spark.broadcast(spec.subject());
        AnswerTask answering = new AnswerTask(context.storageSettings(), report, tasks, subject);
        try (Progress.Track track = context.progress().start(NAME, batches.size(), "groups of documents");
                Watch watch = Watch.every(
                        LOOK_EVERY,
                        () -> track.at(
                                context.storage()
                                        .filesBelow(report.resolve("samples"), ".parquet")
                                        .size(),
                                ""))) {
            // A slice a batch, so that a core that is done early takes the next.
            return spark.parallelize(batches, batches.size()).map(answering).collect();
        }
    }

    private static Map<String, TaskTotals> totals(TasksSpec spec, JobContext context, List<String> files) {
        Map<String, TaskTotals> totals = new TreeMap<>();
        context.distribute(files)
                .coalesce(context.sparkContext().defaultParallelism())
                .mapPartitions(new TotalsTask(context.storageSettings(), spec.bootstrap()))
                .collect()
                .forEach(part -> part.forEach((task, some) -> totals.computeIfAbsent(
                                task, name -> new TaskTotals(name, spec.bootstrap()))
                        .merge(some)));
        return totals;
    }
}
