package io.retort.jobs.evaluate;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.report.RunCost;
import io.retort.jobs.align.AlignSpec;
import io.retort.jobs.continuations.ContinuationSpec;
import io.retort.jobs.corpora.CorpusSpec;
import io.retort.jobs.distil.DistilJob;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.sessions.SparkWork;
import io.retort.jobs.teach.PlanOptions;
import io.retort.jobs.teach.TeachSpec;
import io.retort.jobs.teach.TeacherUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the stages of an evaluation cost: of Spark by the records that their runs left in the workspace, of the teacher by
 * the costs beside the shards of its datasets.
 */
final class StageCosts {
    private static final String TEACH = "teach";

    private final EvaluateSpec spec;
    private final List<DistilSpec> rounds;
    private final Storage storage;

    private StageCosts(EvaluateSpec spec, Storage storage) {
        this.spec = spec;
        this.rounds = spec.router().experts().rounds();
        this.storage = storage;
    }

    /**
     * The stages in their order, each with the runs of all rounds.
     *
     * @param now what the evaluation that is under way has had Spark do; it is a run beside those before it
     */
    static RunCost of(EvaluateSpec spec, Storage storage, Optional<SparkWork> now) throws IOException {
        return new StageCosts(spec, storage).cost(now);
    }

    private RunCost cost(Optional<SparkWork> now) throws IOException {
        List<Location> runs = storage.list(spec.workspace().runs());
        List<RunCost.Stage> stages = new ArrayList<>();
        for (Map.Entry<String, Set<String>> stage : ids().entrySet()) {
            List<RecordedRun> found = stage.getKey().equals(DistilJob.NAME)
                    ? trainings(runs, stage.getValue())
                    : runs.stream()
                            .filter(run -> isOf(run, stage.getValue()))
                            .map(run -> RecordedRun.read(storage, run))
                            .collect(Collectors.toCollection(ArrayList::new));
            if (stage.getKey().equals(EvaluateJob.NAME)) {
                now.ifPresent(work -> found.add(new RecordedRun(List.of(work), Set.of(), true)));
            }
            stages.add(stage(stage.getKey(), found));
        }
        return new RunCost(stages);
    }

    /** What the stages make, in the order in which they first run; texts are written only where they are asked for. */
    private Map<String, Set<String>> ids() {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        ids.put("prepare", new HashSet<>());
        for (DistilSpec round : rounds) {
            CorpusSpec corpus = round.bytes().logits().corpus();
            if (corpus instanceof ContinuationSpec written) {
                ids.computeIfAbsent("write", stage -> new HashSet<>()).add(written.corpusId());
                corpus = written.prompts();
            }
            ids.get("prepare").add(corpus.corpusId());
        }
        ids.put(TEACH, ofRounds(round -> round.bytes().logits().logitsId()));
        ids.put("align", ofRounds(round -> round.bytes().bytesId()));
        ids.put(DistilJob.NAME, ofRounds(DistilSpec::expertsId));
        ids.put("route", Set.of(spec.router().routerId()));
        ids.put(EvaluateJob.NAME, Set.of(spec.reportId()));
        return ids;
    }

    private Set<String> ofRounds(Function<DistilSpec, String> id) {
        return rounds.stream().map(id).collect(Collectors.toSet());
    }

    private static boolean isOf(Location run, Set<String> ids) {
        return ids.contains(run.name().substring(run.name().lastIndexOf('-') + 1));
    }

    /** A run is named by all experts that were asked of it, which may be some of these, as one domain's, or more. */
    private List<RecordedRun> trainings(List<Location> runs, Set<String> ids) {
        Set<String> experts = rounds.stream()
                .flatMap(round -> round.experts().stream()
                        .map(expert -> round.directory(expert).name()))
                .collect(Collectors.toSet());
        List<RecordedRun> found = new ArrayList<>();
        for (Location run : runs) {
            if (run.name().contains("-" + DistilJob.NAME + "-")) {
                RecordedRun record = RecordedRun.read(storage, run);
                if (isOf(run, ids) || !Collections.disjoint(record.experts(), experts)) {
                    found.add(record);
                }
            }
        }
        return found;
    }

    private RunCost.Stage stage(String name, List<RecordedRun> runs) throws IOException {
        List<SparkWork> works =
                runs.stream().flatMap(run -> run.works().stream()).toList();
        SparkWork work = works.stream().reduce(SparkWork.NONE, SparkWork::plus);
        int unreadable = (int) runs.stream().filter(run -> !run.readable()).count();
        return new RunCost.Stage(
                name,
                new RunCost.Runs(works.size(), unreadable),
                new RunCost.Tasks(work.tasks(), work.failedTasks(), work.executorsLost(), work.stages()),
                new RunCost.Time(work.taskSeconds(), work.processorSeconds(), work.collectionSeconds()),
                new RunCost.Space(
                        work.shuffleBytes(), work.spilledBytes(), work.peakHeapBytes(), work.peakResidentBytes()),
                name.equals(TEACH) ? teacher() : RunCost.Teacher.NONE);
    }

    private RunCost.Teacher teacher() throws IOException {
        List<TeachSpec> datasets = rounds.stream()
                .filter(DistilSpec::learnsFromTeacher)
                .map(DistilSpec::bytes)
                .map(AlignSpec::logits)
                .toList();
        TeacherUse use = TeacherUse.of(storage, datasets);
        double price = spec.router().experts().bytes().logits().planning().pricePerMillionTokens();
        return new RunCost.Teacher(use.tokens(), use.requests(), use.seconds(), PlanOptions.money(use.tokens(), price));
    }
}
