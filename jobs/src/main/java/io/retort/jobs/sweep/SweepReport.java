package io.retort.jobs.sweep;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What a sweep found; as text it is Markdown.
 *
 * @param job the job's name
 * @param id the table's id
 * @param completion whether this run finished it
 * @param location its directory
 * @param results the figures
 */
public record SweepReport(String job, String id, Completion completion, String location, SweepResults results)
        implements Report {
    @Override
    public List<Table> tables() {
        return List.of(new SweepTable(results).table());
    }

    @Override
    public String render() {
        SweepTable table = new SweepTable(results);
        return table.introduction() + "\n\n" + table.table().markdown();
    }
}
