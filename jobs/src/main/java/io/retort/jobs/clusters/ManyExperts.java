package io.retort.jobs.clusters;

import io.retort.jobs.JobRunner;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.Rounds;
import io.retort.jobs.reports.Report;
import java.io.IOException;

/** Runs all stages from a corpus to the comparison of its clusters' experts. What is there already is not made again. */
public final class ManyExperts {
    private ManyExperts() {}

    /** The comparison's report. */
    public static Report run(JobRunner runner, ManyExpertsSpec spec) throws IOException, InterruptedException {
        for (DistilSpec training : spec.trainings()) {
            Rounds.fromTheCorpus(runner, training);
        }
        return runner.run(new ManyExpertsJob(), spec);
    }
}
