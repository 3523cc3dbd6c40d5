package io.retort.jobs.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.report.RunCost;
import io.retort.jobs.JobContext;
import io.retort.jobs.provenance.RunRecord;
import io.retort.jobs.sessions.SparkWork;
import io.retort.jobs.teach.TeachingCounters;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the stages of an evaluation cost, by the records that their runs left in the workspace. */
final class StageCosts {
    private static final int LARGEST_EVENTS = 64 << 20;
    private static final String SPARK_EVENT = "spark";

    private StageCosts() {}

    /** The stages in their order; the evaluation is the run that is under way, and those before it. */
    static RunCost of(EvaluateSpec spec, JobContext context) throws IOException {
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("prepare", spec.corpus().corpusId());
        ids.put("teach", spec.router().experts().bytes().logits().logitsId());
        ids.put("align", spec.router().experts().bytes().bytesId());
        ids.put("distil", spec.router().experts().expertsId());
        ids.put("route", spec.router().routerId());
        ids.put(EvaluateJob.NAME, spec.reportId());
        Storage storage = context.storage();
        List<Location> runs = storage.list(spec.workspace().runs());
        List<RunCost.Stage> stages = new ArrayList<>();
        for (Map.Entry<String, String> stage : ids.entrySet()) {
            List<SparkWork> works = new ArrayList<>();
            for (Location run : runs) {
                if (run.name().endsWith("-" + stage.getValue())) {
                    works.addAll(works(storage, run));
                }
            }
            if (stage.getKey().equals(EvaluateJob.NAME)) {
                context.work().get().ifPresent(works::add);
            }
            stages.add(stage(stage.getKey(), works));
        }
        return new RunCost(stages);
    }

    private static List<SparkWork> works(Storage storage, Location run) throws IOException {
        Location file = run.resolve(RunRecord.EVENTS);
        List<SparkWork> works = new ArrayList<>();
        if (storage.exists(file)) {
            String events = new String(storage.read(file, LARGEST_EVENTS), StandardCharsets.UTF_8);
            for (String line : events.lines().toList()) {
                JsonNode event = Json.parse(line, JsonNode.class);
                if (event.path("event").asText().equals(SPARK_EVENT)) {
                    works.add(SparkWork.of(event.path("work")));
                }
            }
        }
        return works;
    }

    private static RunCost.Stage stage(String name, List<SparkWork> works) {
        SparkWork work = works.stream().reduce(SparkWork.NONE, SparkWork::plus);
        return new RunCost.Stage(
                name,
                works.size(),
                new RunCost.Tasks(work.tasks(), work.failedTasks(), work.executorsLost(), work.stages()),
                new RunCost.Time(work.taskSeconds(), work.processorSeconds(), work.collectionSeconds()),
                new RunCost.Space(
                        work.shuffleBytes(), work.spilledBytes(), work.peakHeapBytes(), work.peakResidentBytes()),
                new RunCost.Teacher(
                        Math.round(counter(work, TeachingCounters.TOKENS)),
                        Math.round(counter(work, TeachingCounters.REQUESTS)),
                        counter(work, TeachingCounters.SECONDS),
                        counter(work, TeachingCounters.COST)));
    }

    private static double counter(SparkWork work, String name) {
        return work.counters().getOrDefault(name, 0.0);
    }
}
