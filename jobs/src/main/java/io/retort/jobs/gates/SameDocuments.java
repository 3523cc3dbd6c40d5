package io.retort.jobs.gates;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.comparison.RunGroup;
import io.retort.eval.comparison.RunRole;
import io.retort.eval.comparison.RunState;
import io.retort.eval.gates.Gates;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.jobs.JobContext;
import io.retort.jobs.evaluate.BundleEvaluation;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes a champion comparable with a candidate that was evaluated on other test documents, as after retraining on newer data:
 * the champion's bundle is evaluated on the candidate's.
 */
public final class SameDocuments {
    private final JobContext context;
    private final Workspace workspace;

    /** @param workspace where the candidate's corpus is, and the champion's report goes */
    public SameDocuments(JobContext context, Workspace workspace) {
        this.context = context;
        this.workspace = workspace;
    }

    /**
     * The champion's report over the candidate's test documents: its own where that is over them, or where no gate asks.
     *
     * @param bundle the champion's directory, where it has one
     */
    public FinishedReport champion(
            Gates gates, FinishedReport candidate, FinishedReport champion, Optional<Location> bundle)
            throws IOException {
        boolean asked = gates.all().stream().anyMatch(gate -> gate.needsChampion());
        // Without a bundle nothing can be evaluated, and the check says what is wrong.
        if (!asked || bundle.isEmpty() || areShared(candidate, champion)) {
            return champion;
        }
        context.progress()
                .note("champion: evaluated on other test documents than the candidate; evaluating its bundle on those");
        Location report = new BundleEvaluation(context, workspace).report(bundle.get(), candidate.reference());
        return FinishedReport.at(context.storage(), report, Optional.empty());
    }

    private boolean areShared(FinishedReport candidate, FinishedReport champion) throws IOException {
        if (!candidate.corpus().isEmpty() && candidate.corpus().equals(champion.corpus())) {
            return true;
        }
        // Another corpus may have the same test split.
        Storage storage = context.storage();
        BootstrapSettings few = new BootstrapSettings(
                candidate.bootstrap().seed(), 2, candidate.bootstrap().level());
        RunState mine = candidate.state(storage, few);
        RunState theirs = champion.state(storage, few);
        return mine.tasks().equals(theirs.tasks())
                && mine.minus(theirs, RunRole.ENSEMBLE, RunGroup.ALL, Metric.BITS_PER_BYTE, few.level())
                        .isDefined();
    }
}
