package io.retort.jobs.sweep;

import io.retort.jobs.JobRunner;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.Rounds;
import io.retort.jobs.prepare.PrepareJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs what the variants of a sweep learn from, each once, and then the sweep. What is there already is not made again. */
public final class Sweeps {
    private Sweeps() {}

    /** All stages up to the table. */
    public static SweepReport run(JobRunner runner, SweepSpec spec) throws IOException, InterruptedException {
        SweepJob job = new SweepJob();
        if (!job.isDone(spec)) {
            runner.run(new PrepareJob(), spec.corpus());
            for (DistilSpec distil : sources(spec)) {
                Rounds.upToTheLast(runner, distil);
            }
        }
        return runner.run(job, spec);
    }

    /** One spec for all trials that have their byte targets in common. */
    static List<DistilSpec> sources(SweepSpec spec) {
        Set<String> seen = new HashSet<>();
        List<DistilSpec> sources = new ArrayList<>();
        for (DistilSpec distil :
                spec.trials().stream().map(Trial::distil).distinct().toList()) {
            if (seen.add(distil.bytes().bytesId())) {
                sources.add(distil);
            }
        }
        return sources;
    }
}
