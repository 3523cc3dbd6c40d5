package io.retort.jobs.registry;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.gates.GateFile;
import io.retort.eval.gates.GateReport;
import io.retort.eval.gates.Gates;
import io.retort.jobs.JobContext;
import io.retort.jobs.config.NearestName;
import io.retort.jobs.gates.FinishedReport;
import io.retort.jobs.gates.GateCheck;
import io.retort.jobs.gates.SameDocuments;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.util.Optional;

/**
 * The gates between a challenger and the champion's place.
 *
 * @param file the gate file; empty for the gates that are built in
 */
record PromotionGates(String file) {
    /** The challenger is no worse than the champion: in no domain shown worse, and as a whole shown not to be. */
    static final String BUILT_IN = """
            no domain worse than champion at 95%
            ensemble not worse than champion by 0.02 at 95%
            """;

    /** Where the gates stand, for people. */
    String place() {
        return file.isEmpty() ? "the built-in gates" : file;
    }

    Gates read(Storage storage) throws IOException {
        return file.isEmpty()
                ? new GateFile(place(), NearestName::of).read(BUILT_IN)
                : GateCheck.read(storage, Location.of(file));
    }

    /**
     * Whom a candidate is held against.
     *
     * @param report the champion's
     * @param bundle the champion's, to evaluate where the report is over other documents; empty where nobody has it
     */
    record Against(Location report, Optional<Location> bundle) {}

    /** Checks a candidate, against the champion if there is one. */
    GateReport check(JobContext context, Workspace workspace, Location candidate, Optional<Against> champion)
            throws IOException {
        Storage storage = context.storage();
        Gates gates = read(storage);
        FinishedReport mine = FinishedReport.at(storage, candidate, Optional.empty());
        if (champion.isEmpty()) {
            return GateCheck.check(storage, gates, mine, Optional.empty());
        }
        FinishedReport theirs = FinishedReport.at(storage, champion.get().report(), Optional.empty());
        return GateCheck.check(
                storage,
                gates,
                mine,
                Optional.of(new SameDocuments(context, workspace)
                        .champion(gates, mine, theirs, champion.get().bundle())));
    }
}
