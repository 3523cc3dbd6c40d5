package io.retort.jobs.registry;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * Where the champion is again.
 *
 * @param job the job's name
 * @param id the model and the version
 * @param completion always done
 * @param registry where
 * @param move what the audit log has
 */
public record RollbackReport(String job, String id, Completion completion, String registry, AliasMove move)
        implements Report {
    @Override
    public List<Table> tables() {
        return List.of();
    }

    @Override
    public String render() {
        return Moves.render(move, registry, true);
    }
}
