package io.retort.jobs.sweep;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Leftovers;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Trains the trials of a sweep and writes its table; the byte targets are there. */
public final class SweepJob implements Job<SweepSpec, SweepReport> {
    static final String NAME = "sweep";
    private static final String FILE = "sweep.json";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(SweepSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        Location report = report(spec);
        if (storage.exists(report.resolve(FILE))) {
            return Plan.alreadyDone(NAME, spec.sweepId(), report.value());
        }
        TrialCosts costs = TrialCosts.of(spec, storage);
        return new Plan(
                NAME,
                spec.sweepId(),
                Completion.TO_DO,
                List.of("train " + Figures.count(costs.left()) + " of " + Figures.count(costs.trials()) + " trials ("
                        + spec.variants().size() + " variants, "
                        + spec.domains().size() + " domains, "
                        + spec.seeds().size() + " seeds) and score them; table into " + report),
                costs.cost());
    }

    /** Whether the table is there. */
    boolean isDone(SweepSpec spec) throws IOException {
        return StorageSettings.ofProcess().open().exists(report(spec).resolve(FILE));
    }

    private static Location report(SweepSpec spec) {
        return spec.workspace().reports(spec.sweepId());
    }

    /** Sweeps may share trials, so that one at a time trains in a workspace. */
    @Override
    public List<String> leases(SweepSpec spec, String id) {
        return List.of(NAME);
    }

    @Override
    public SweepReport execute(SweepSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        Location file = report(spec).resolve(FILE);
        if (storage.exists(file)) {
            return report(spec, Completion.ALREADY_DONE, Json.read(storage, file, SweepResults.class));
        }
        Set<String> checked = new HashSet<>();
        for (Trial trial : spec.trials()) {
            DistilSpec distil = trial.distil();
            String bytes = distil.bytes().bytesId();
            if (checked.add(bytes)) {
                distil.texts().requireDocuments(storage, distil.experts());
                context.log().input("byte targets " + checked.size(), bytes);
            }
        }
        context.log().input("corpus", spec.corpus().corpusId());
        Leftovers.delete(
                storage, spec.trials().stream().map(Trial::directory).distinct().toList());
        SweepResults results = new SweepRun(spec, context).results();
        Json.write(storage, file, results);
        context.log().output("report", spec.sweepId());
        return report(spec, Completion.DONE, results);
    }

    private static SweepReport report(SweepSpec spec, Completion completion, SweepResults results) {
        return new SweepReport(NAME, spec.sweepId(), completion, report(spec).value(), results);
    }
}
