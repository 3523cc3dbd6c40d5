package io.retort.jobs.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a trained teacher can do.
 *
 * @param job the command's name
 * @param id the digest of its weights
 * @param completion whether this run finished it
 * @param directory where it is
 * @param scores what its scores.json says
 */
record TrainedTeacherReport(String job, String id, Completion completion, String directory, JsonNode scores)
        implements Report {
    static final String NAME = "teacher train";
    static final String SCORES = "scores.json";

    /** Reads what the training wrote at its end. */
    static TrainedTeacherReport of(Path directory, Completion completion) throws IOException {
        Location file = Location.of(directory.resolve(SCORES).toAbsolutePath().toString());
        JsonNode scores = Json.read(Storage.local(), file, JsonNode.class);
        return new TrainedTeacherReport(NAME, scores.path("digest").asText(), completion, directory.toString(), scores);
    }

    @Override
    public List<Table> tables() {
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> domain : scores.path("domains").properties()) {
            JsonNode score = domain.getValue();
            rows.add(List.of(
                    domain.getKey(),
                    Figures.count(score.path("documents").asLong()),
                    Figures.count(score.path("asked").asLong()),
                    Figures.share(score.path("accuracy").asDouble(Double.NaN)),
                    Figures.decimal(score.path("bitsPerByte").asDouble(Double.NaN), 3)));
        }
        return List.of(new Table(
                "Teacher in " + directory + ", on the test split",
                List.of("suite", "documents", "asked", "right", "bits a byte"),
                rows));
    }
}
