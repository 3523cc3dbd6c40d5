package io.retort.jobs.distil;

import io.retort.jobs.JobRunner;
import io.retort.jobs.align.AlignJob;
import io.retort.jobs.align.AlignSpec;
import io.retort.jobs.reports.Report;
import io.retort.jobs.teach.TeachJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Runs the stages of each round of a training, one after the other. What is there already is not made again. */
public final class Rounds {
    private Rounds() {}

    /** All stages from the corpus to the experts of the last round. */
    public static List<Report> fromTheCorpus(JobRunner runner, DistilSpec spec)
            throws IOException, InterruptedException {
        return run(runner, spec, round -> true);
    }

    /** The trainings of all rounds and what lies between them; the byte targets of the first are there. */
    public static List<Report> trainings(JobRunner runner, DistilSpec spec) throws IOException, InterruptedException {
        return run(runner, spec, round -> !round.earlier().isEmpty());
    }

    /** All stages before the trainings of the last round. */
    public static List<Report> upToTheLast(JobRunner runner, DistilSpec spec) throws IOException, InterruptedException {
        List<Report> reports = new ArrayList<>();
        for (DistilSpec round : spec.earlier()) {
            reports.addAll(texts(runner, round));
            reports.add(runner.run(new DistilJob(), round));
        }
        reports.addAll(texts(runner, spec));
        return reports;
    }

    private static List<Report> run(JobRunner runner, DistilSpec spec, Predicate<DistilSpec> needsTargets)
            throws IOException, InterruptedException {
        List<Report> reports = new ArrayList<>();
        for (DistilSpec round : spec.rounds()) {
            if (needsTargets.test(round)) {
                reports.addAll(texts(runner, round));
            }
            reports.add(runner.run(new DistilJob(), round));
        }
        return reports;
    }

    private static List<Report> texts(JobRunner runner, DistilSpec round) throws IOException, InterruptedException {
        AlignSpec bytes = round.bytes();
        List<Report> reports = new ArrayList<>(bytes.logits().corpus().make(runner));
        if (round.learnsFromTeacher()) {
            reports.add(runner.run(new TeachJob(), bytes.logits()));
            reports.add(runner.run(new AlignJob(), bytes));
        }
        return reports;
    }
}
