package io.retort.jobs.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * How two runs differ.
 *
 * @param job the job's name
 * @param id of the two reports
 * @param completion always done, since it takes seconds
 * @param location the directory with compare.html and compare.json
 * @param comparison what compare.json holds
 * @param tables the ensembles' differences by domain
 */
public record CompareOutcome(
        String job, String id, Completion completion, String location, JsonNode comparison, List<Table> tables)
        implements Report {
    public CompareOutcome {
        tables = List.copyOf(tables);
    }

    @Override
    public String render() {
        return Report.super.render() + "\n\ncomparison: " + location + "/" + CompareJob.HTML;
    }
}
