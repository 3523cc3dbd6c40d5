package io.retort.jobs.generate;

import io.retort.jobs.JobRunner;
import io.retort.jobs.bundle.BundleJob;
import io.retort.jobs.bundle.BundleReport;
import io.retort.jobs.bundle.BundleSpec;
import io.retort.jobs.distil.Rounds;
import io.retort.jobs.evaluate.EvaluateJob;
import io.retort.jobs.evaluate.EvaluateReport;
import io.retort.jobs.evaluate.EvaluateSpec;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.route.RouteJob;
import io.retort.jobs.route.RouteSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs all stages of a bundle's spec, one after the other. What is there already is not made again. */
public final class Pipeline {
    private final JobRunner runner;

    public Pipeline(JobRunner runner) {
        this.runner = runner;
    }

    /** Runs every stage and returns what all of them said. */
    public GenerateReport run(BundleSpec spec) throws IOException, InterruptedException {
        EvaluateSpec evaluation = spec.evaluation();
        RouteSpec router = evaluation.router();
        List<Report> stages = new ArrayList<>(Rounds.fromTheCorpus(runner, router.experts()));
        stages.add(runner.run(new RouteJob(), router));
        EvaluateReport evaluated = runner.run(new EvaluateJob(), evaluation);
        stages.add(evaluated);
        BundleReport bundle = runner.run(new BundleJob(), spec);
        stages.add(bundle);
        return new GenerateReport(bundle.id(), Completion.ofAll(stages), stages, evaluated, bundle);
    }
}
