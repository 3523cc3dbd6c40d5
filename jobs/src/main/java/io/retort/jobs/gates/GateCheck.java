package io.retort.jobs.gates;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.comparison.RunState;
import io.retort.eval.gates.GateFile;
import io.retort.eval.gates.GateReport;
import io.retort.eval.gates.Gates;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.JsonFigures;
import io.retort.jobs.config.NearestName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Checks gate files against reports. */
public final class GateCheck {
    /** The file beside a report's own that says what became of the last gates. */
    public static final String FILE = "gates.json";

    private static final int LARGEST_GATE_FILE = 1 << 20;

    private GateCheck() {}

    /**
     * Checks the gates of a file. Writes nothing, see {@link #keep}.
     *
     * @param candidate a report's directory, or that of a bundle, whose report is found by its provenance
     * @param champion the same of the run to compare with, on the same documents
     * @throws IllegalArgumentException if the gate file cannot be read as one, with file and line, or there is no finished
     *     report, or two reports are over different documents
     */
    public static GateReport check(Storage storage, Location gates, Location candidate, Optional<Location> champion)
            throws IOException {
        Optional<FinishedReport> against = champion.isPresent()
                ? Optional.of(FinishedReport.at(storage, champion.get(), Optional.empty()))
                : Optional.empty();
        return check(storage, read(storage, gates), FinishedReport.at(storage, candidate, Optional.empty()), against);
    }

    /** Checks gates on reports that are open. */
    public static GateReport check(
            Storage storage, Gates gates, FinishedReport candidate, Optional<FinishedReport> champion)
            throws IOException {
        // Paired figures need one seed and one number of replicates.
        BootstrapSettings bootstrap = candidate.bootstrap();
        boolean needed = gates.all().stream().anyMatch(gate -> gate.needsChampion());
        Optional<RunState> other = champion.isPresent() && needed
                ? Optional.of(champion.get().state(storage, bootstrap))
                : Optional.empty();
        return gates.check(candidate.state(storage, bootstrap), other);
    }

    /**
     * The gates of a file.
     *
     * @throws IllegalArgumentException with file and line, if it holds anything else
     */
    public static Gates read(Storage storage, Location file) throws IOException {
        if (!storage.exists(file) || storage.isDirectory(file)) {
            throw new IllegalArgumentException("expected a file of gates at " + file + ", found "
                    + (storage.exists(file) ? "a directory" : "nothing"));
        }
        byte[] bytes = storage.read(file, LARGEST_GATE_FILE);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new GateFile(file.value(), NearestName::of).read(text);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("expected UTF-8 in " + file + ", found other bytes", e);
        }
    }

    /** Keeps what became of the gates beside the candidate's report; an older one is replaced. */
    public static void keep(Storage storage, FinishedReport candidate, GateReport report) throws IOException {
        String text = JsonFigures.text(report.json());
        storage.write(candidate.directory().resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
    }
}
