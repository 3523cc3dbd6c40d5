package io.retort.jobs.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.recall.RecallJson;
import io.retort.eval.report.HtmlReport;
import io.retort.eval.report.ReportData;
import io.retort.eval.routing.RoutingJson;
import io.retort.eval.routing.RoutingTable;
import io.retort.eval.summary.EvaluationJson;
import io.retort.eval.summary.ResultsJson;
import io.retort.eval.summary.StoredTable;
import io.retort.eval.summary.SummaryTable;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The files of a report; {@code results.json} is written last, so a report without one is unfinished. */
public final class ReportFiles {
    /** The file that makes a report a finished one. */
    public static final String RESULTS = "results.json";

    static final String HTML = "report.html";
    private static final String EVALUATION = "evaluation.json";
    private static final String SUMMARY = "summary.txt";
    private static final int LARGEST = 64 << 20;

    private ReportFiles() {}

    /** Whether a directory is that of a finished report. */
    public static boolean finished(Storage storage, Location report) throws IOException {
        return storage.exists(report.resolve(RESULTS));
    }

    static void write(Storage storage, Location report, ReportData data) throws IOException {
        String router =
                data.routing().map(routing -> "\n" + RoutingTable.of(routing)).orElse("");
        put(
                storage,
                report.resolve(SUMMARY),
                SummaryTable.of(data.summary()) + StoredTable.of(data.summary()) + router);
        put(storage, report.resolve(EVALUATION), EvaluationJson.of(data.summary()));
        put(storage, report.resolve(HTML), HtmlReport.of(data));
        put(storage, report.resolve(RESULTS), ResultsJson.of(data.summary(), data.run(), members(data)));
    }

    private static Map<String, ObjectNode> members(ReportData data) {
        Map<String, ObjectNode> members = new TreeMap<>();
        data.routing().ifPresent(routing -> members.put("routing", RoutingJson.of(routing)));
        data.recall().ifPresent(recall -> members.put("recall", RecallJson.of(recall)));
        return members;
    }

    private static void put(Storage storage, Location file, String text) throws IOException {
        storage.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static EvaluateReport read(Storage storage, Location report, String id, Completion completion) throws IOException {
        return new EvaluateReport(
                EvaluateJob.NAME,
                id,
                completion,
                report.value(),
                new String(storage.read(report.resolve(SUMMARY), LARGEST), StandardCharsets.UTF_8),
                Json.read(storage, report.resolve(EVALUATION), JsonNode.class));
    }

    /**
     * The {@code evaluation.json} of a finished report.
     *
     * @throws IllegalArgumentException if it is not finished
     */
    public static byte[] evaluation(Storage storage, Location report) throws IOException {
        if (!finished(storage, report)) {
            throw new IllegalArgumentException(
                    "expected a finished report at " + report + "; make it by retort evaluate with the same settings");
        }
        return storage.read(report.resolve(EVALUATION), LARGEST);
    }

    /** The table for people of a finished report. */
    public static String summary(Storage storage, Location report) throws IOException {
        return new String(storage.read(report.resolve(SUMMARY), LARGEST), StandardCharsets.UTF_8);
    }
}
