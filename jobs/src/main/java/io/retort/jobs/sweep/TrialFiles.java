package io.retort.jobs.sweep;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.sweeps.Standing;
import io.retort.jobs.evaluate.OutcomeFile;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.util.List;

/**
 * What is kept of a trial, beside the expert's own files: how it stood at each rung, its outcomes on the test split, and why it
 * could not be trained.
 *
 * @param directory the trial's
 */
record TrialFiles(Storage storage, Location directory) {

    /** Why a training cannot go on. */
    record Fault(String reason) {}

    private Location rung(int step) {
        return directory.resolve("rungs/" + step + ".json");
    }

    private Location outcomesFile() {
        return directory.resolve("outcomes.parquet");
    }

    private Location faultFile() {
        return directory.resolve("fault.json");
    }

    boolean hasRung(int step) throws IOException {
        return storage.exists(rung(step));
    }

    Standing rungStanding(int step) throws IOException {
        return Json.read(storage, rung(step), Standing.class);
    }

    void writeRung(int step, Standing standing) throws IOException {
        Json.write(storage, rung(step), standing);
    }

    boolean hasOutcomes() throws IOException {
        return storage.exists(outcomesFile());
    }

    List<DocumentOutcome> outcomes() throws IOException {
        return OutcomeFile.read(storage, outcomesFile());
    }

    void writeOutcomes(List<DocumentOutcome> outcomes) throws IOException {
        OutcomeFile.write(storage, outcomesFile(), outcomes);
    }

    /** Why it cannot be trained; empty where nothing is known against it. */
    String fault() throws IOException {
        return storage.exists(faultFile())
                ? Json.read(storage, faultFile(), Fault.class).reason()
                : "";
    }

    void writeFault(String reason) throws IOException {
        Json.write(storage, faultFile(), new Fault(reason));
    }
}
