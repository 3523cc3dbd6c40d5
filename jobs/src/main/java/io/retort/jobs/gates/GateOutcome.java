package io.retort.jobs.gates;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.eval.gates.GateReport;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What became of the gates.
 *
 * @param job the job's name
 * @param id of the candidate, champion and gates
 * @param completion always done, since gates are checked each time
 * @param candidate the report's directory
 * @param champion the report's directory; empty if there is none
 * @param location the file it is kept in
 * @param gates what {@code gates.json} holds
 * @param tables a row a finding
 * @param fault which gates failed, in one line; empty if none did
 */
public record GateOutcome(
        String job,
        String id,
        Completion completion,
        String candidate,
        String champion,
        String location,
        JsonNode gates,
        List<Table> tables,
        String fault)
        implements Report {
    public GateOutcome {
        tables = List.copyOf(tables);
    }

    /** Whether all gates hold. */
    public boolean passed() {
        return fault.isEmpty();
    }

    static Table table(GateReport report) {
        String title = report.passed()
                ? "All gates hold"
                : report.failed().size() + " of " + report.results().size() + " gates failed";
        return new Table(title, GateReport.COLUMNS, report.rows());
    }
}
