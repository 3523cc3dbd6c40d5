package io.retort.jobs.sweep;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.Job;
import io.retort.jobs.Spec;
import io.retort.jobs.align.AlignJob;
import io.retort.jobs.align.AlignSpec;
import io.retort.jobs.distil.DistilJob;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.prepare.PrepareJob;
import io.retort.jobs.prepare.PrepareSpec;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import io.retort.jobs.teach.TeachJob;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a sweep would do and cost; nothing is written.
 *
 * @param job the job's name
 * @param id the table's id
 * @param completion whether anything is left to do
 * @param stages the plans of what is left, the trials last
 * @param unknown stages whose cost is known only when what they are made from is there
 */
public record SweepPlanReport(String job, String id, Completion completion, List<Plan> stages, List<String> unknown)
        implements Report {
    public SweepPlanReport {
        stages = List.copyOf(stages);
        unknown = List.copyOf(unknown);
    }

    /** Looks at what is there; the teacher is measured for some seconds where its corpus is. */
    public static SweepPlanReport of(SweepSpec spec) throws IOException, InterruptedException {
        SweepJob job = new SweepJob();
        Plan trials = job.plan(spec);
        Stages stages = new Stages(StorageSettings.ofProcess().open());
        if (trials.completion() != Completion.ALREADY_DONE) {
            stages.add(new PrepareJob(), spec.corpus());
            for (DistilSpec source : Sweeps.sources(spec)) {
                for (DistilSpec round : source.rounds()) {
                    stages.addTargets(round.bytes());
                    if (round != source) {
                        stages.addTraining(round);
                    }
                }
            }
        }
        stages.plans.add(trials);
        return new SweepPlanReport(
                SweepJob.NAME, trials.id(), trials.completion(), stages.plans, List.copyOf(stages.unknown));
    }

    /** Plans of what is left, each once. */
    private static final class Stages {
        private final Storage storage;
        private final List<Plan> plans = new ArrayList<>();
        private final Set<String> unknown = new LinkedHashSet<>();
        private final Set<String> seen = new LinkedHashSet<>();
        private final Set<String> asked = new LinkedHashSet<>();

        private Stages(Storage storage) {
            this.storage = storage;
        }

        private <S extends Spec> void add(Job<S, ?> job, S spec) throws IOException, InterruptedException {
            Plan plan = job.plan(spec);
            if (plan.completion() != Completion.ALREADY_DONE && seen.add(job.name() + plan.id())) {
                plans.add(plan);
            }
        }

        private void addTargets(AlignSpec bytes) throws IOException, InterruptedException {
            String corpus = bytes.logits().corpus().corpusId();
            if (bytes.logits().corpus() instanceof PrepareSpec prepared) {
                add(new PrepareJob(), prepared);
            }
            if (!bytes.logits().corpus().finished(storage)) {
                unknown.add("teach: logits " + bytes.logits().logitsId() + " of corpus " + corpus);
                unknown.add("align: byte targets " + bytes.bytesId() + " of logits "
                        + bytes.logits().logitsId());
                return;
            }
            if (bytes.logits().finished(storage)) {
                add(new AlignJob(), bytes);
            } else {
                // Its plan measures the teacher: once is enough.
                if (asked.add(bytes.logits().logitsId())) {
                    add(new TeachJob(), bytes.logits());
                }
                unknown.add("align: byte targets " + bytes.bytesId() + " of logits "
                        + bytes.logits().logitsId());
            }
        }

        private void addTraining(DistilSpec round) throws IOException, InterruptedException {
            if (round.bytes().finished(storage)) {
                add(new DistilJob(), round);
            } else {
                unknown.add("distil: experts " + round.expertsId() + ", which write for the next round");
            }
        }
    }

    @Override
    public List<Table> tables() {
        return List.of();
    }

    @Override
    public String render() {
        List<String> lines = new ArrayList<>();
        stages.forEach(plan -> lines.addAll(plan.render()));
        if (!unknown.isEmpty()) {
            lines.add("besides, at a cost that is known when the stage before is done:");
            unknown.forEach(stage -> lines.add("  " + stage));
        }
        return String.join("\n", lines);
    }
}
