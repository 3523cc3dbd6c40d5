package io.retort.jobs.analyze;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The files of an analysis; {@code analysis.json} is written last, so a directory without one is unfinished. */
final class AnalysisFiles {
    static final String HTML = "report.html";
    private static final String ROUTING = "routing.parquet";
    private static final String EXPERTS = "experts.parquet";

    private AnalysisFiles() {}

    static Location directory(Workspace workspace, String id) {
        return workspace.root().resolve("analysis/" + id);
    }

    static boolean finished(Storage storage, Location directory) throws IOException {
        return storage.exists(directory.resolve(AnalyzeReport.FILE_NAME));
    }

    static AnalyzeReport read(Storage storage, Location directory) throws IOException {
        return Json.read(storage, directory.resolve(AnalyzeReport.FILE_NAME), AnalyzeReport.class);
    }

    static void write(Storage storage, Location directory, AnalyzeReport report, String html) throws IOException {
        if (!report.routing().layers().isEmpty()) {
            storage.write(directory.resolve(ROUTING), ExpertTables.routing(report.routing()));
        }
        if (!report.weights().isEmpty()) {
            storage.write(directory.resolve(EXPERTS), ExpertTables.weights(report.weights()));
        }
        storage.write(directory.resolve(HTML), html.getBytes(StandardCharsets.UTF_8));
        Json.write(storage, directory.resolve(AnalyzeReport.FILE_NAME), report);
    }
}
