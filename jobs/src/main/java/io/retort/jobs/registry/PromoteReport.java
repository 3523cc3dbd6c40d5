package io.retort.jobs.registry;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What became of a promotion.
 *
 * @param job the job's name
 * @param id the model and the version
 * @param completion whether the champion was moved
 * @param registry where
 * @param move what the audit log has; where a gate failed or the version was champion, what it would have had
 * @param tables a row a finding of the gates
 * @param fault which gates failed, in one line; empty if none did
 */
public record PromoteReport(
        String job, String id, Completion completion, String registry, AliasMove move, List<Table> tables, String fault)
        implements Report {
    public PromoteReport {
        tables = List.copyOf(tables);
    }

    @Override
    public String render() {
        String line = Moves.render(move, registry, fault.isEmpty());
        return tables.isEmpty() ? line : Report.super.render() + "\n\n" + line;
    }
}
