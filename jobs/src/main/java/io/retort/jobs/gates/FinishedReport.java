package io.retort.jobs.gates;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.comparison.RunState;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.jobs.bundle.BundleProvenance;
import io.retort.jobs.evaluate.OutcomeFile;
import io.retort.jobs.evaluate.ReportFiles;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report that is there, with the outcomes that its figures are of.
 *
 * @param directory the report's
 * @param name how people call it: {@code quickstart 1.0.0} where a bundle was named, else {@code report 14bd8d5edc7fb083}
 * @param results its {@code results.json}
 * @param samples the files with its outcomes, in order
 */
public record FinishedReport(Location directory, String name, JsonNode results, List<Location> samples) {
    private static final Pattern IN_WORKSPACE = Pattern.compile("(.+)/bundles/[^/]+/[^/]+");
    private static final String PROVENANCE = "provenance.json";

    public FinishedReport {
        samples = List.copyOf(samples);
    }

    /**
     * The report of a place: a report's directory, or a bundle's, whose provenance names the report it was made of. That one is
     * sought in the workspace the bundle lies in, and then in the other.
     *
     * @param workspace where to look for reports of bundles that lie elsewhere
     * @throws IllegalArgumentException if there is no finished report
     */
    public static FinishedReport at(Storage storage, Location place, Optional<Workspace> workspace) throws IOException {
        if (ReportFiles.finished(storage, place)) {
            return open(storage, place, "report " + place.name());
        }
        Location provenance = place.resolve(PROVENANCE);
        if (!storage.exists(provenance)) {
            throw new IllegalArgumentException("expected a finished report (with " + ReportFiles.RESULTS
                    + ") or a bundle (with " + PROVENANCE + ") at " + place + ", found "
                    + (storage.exists(place) ? "neither" : "nothing"));
        }
        String id =
                Json.read(storage, provenance, BundleProvenance.class).inputs().getOrDefault("report", "");
        if (id.isEmpty()) {
            throw new InvalidDataException(
                    "expected the id of a report among the inputs in " + provenance + ", found none");
        }
        Optional<Workspace> own = own(place);
        for (Optional<Workspace> candidate : List.of(own, workspace)) {
            if (candidate.isPresent()
                    && ReportFiles.finished(storage, candidate.get().reports(id))) {
                return open(storage, candidate.get().reports(id), bundleName(place));
            }
        }
        throw new IllegalArgumentException("expected the report " + id + " of bundle " + place + " in "
                + own.or(() -> workspace).map(w -> w.reports(id).value()).orElse("its workspace")
                + ", found none; name the report's directory, or its workspace by --workspace");
    }

    /** The workspace that a bundle lies in. */
    private static Optional<Workspace> own(Location bundle) {
        Matcher matcher = IN_WORKSPACE.matcher(bundle.value());
        return matcher.matches() ? Optional.of(new Workspace(Location.of(matcher.group(1)))) : Optional.empty();
    }

    private static String bundleName(Location bundle) {
        String[] parts = bundle.value().split("/", -1);
        return parts.length < 2 ? bundle.name() : parts[parts.length - 2] + " " + parts[parts.length - 1];
    }

    private static FinishedReport open(Storage storage, Location directory, String name) throws IOException {
        JsonNode results = Json.read(storage, directory.resolve(ReportFiles.RESULTS), JsonNode.class);
        List<Location> samples = storage.filesBelow(directory.resolve("samples"), ".parquet");
        if (samples.isEmpty()) {
            throw new InvalidDataException(
                    "expected outcomes of documents in " + directory.resolve("samples") + ", found no Parquet file");
        }
        return new FinishedReport(directory, name, results, samples);
    }

    /** How the report's intervals were made. */
    public BootstrapSettings bootstrap() {
        JsonNode config = results.path("config");
        if (!config.path("bootstrap_seed").isIntegralNumber()
                || !config.path("bootstrap_iters").isInt()) {
            throw new InvalidDataException("expected config.bootstrap_seed and config.bootstrap_iters in "
                    + directory.resolve(ReportFiles.RESULTS) + ", found " + config);
        }
        return new BootstrapSettings(
                config.path("bootstrap_seed").asLong(),
                config.path("bootstrap_iters").asInt(),
                config.path("confidence_level").asDouble(BootstrapSettings.DEFAULT.level()));
    }

    /**
     * The totals of the report's outcomes.
     *
     * @param bootstrap the same for two reports that are to be compared
     */
    public RunState state(Storage storage, BootstrapSettings bootstrap) throws IOException {
        RunState state = new RunState(bootstrap);
        for (Location file : samples) {
            DocumentOutcomes.group(OutcomeFile.read(storage, file)).forEach(state::update);
        }
        return state;
    }
}
