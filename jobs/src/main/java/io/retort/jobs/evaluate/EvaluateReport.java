package io.retort.jobs.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * How good everything is.
 *
 * @param job the job's name
 * @param id the report's id
 * @param completion whether this run measured it
 * @param location the report's directory, with results.json and report.html
 * @param summary the table for people
 * @param evaluation what a bundle carries: retention by domain with its interval
 */
public record EvaluateReport(
        String job, String id, Completion completion, String location, String summary, JsonNode evaluation)
        implements Report {
    @Override
    public List<Table> tables() {
        return List.of();
    }

    @Override
    public String render() {
        return "Evaluation " + id + "\n" + summary.stripTrailing() + "\nreport: " + location + "/" + ReportFiles.HTML;
    }
}
