package io.retort.jobs.registry;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.gates.GateFile;
import io.retort.eval.gates.GateReport;
import io.retort.eval.gates.Gates;
import io.retort.jobs.config.NearestName;
import io.retort.jobs.gates.FinishedReport;
import io.retort.jobs.gates.GateCheck;
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

    /** Checks a candidate, against the champion if there is one. */
    GateReport check(Storage storage, Location candidate, Optional<Location> champion) throws IOException {
        Optional<FinishedReport> against = champion.isPresent()
                ? Optional.of(FinishedReport.at(storage, champion.get(), Optional.empty()))
                : Optional.empty();
        return GateCheck.check(
                storage, read(storage), FinishedReport.at(storage, candidate, Optional.empty()), against);
    }
}
