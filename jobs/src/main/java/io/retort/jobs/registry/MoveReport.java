package io.retort.jobs.registry;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * Where the champion is.
 *
 * @param job the job's name
 * @param id the model and the version
 * @param completion whether it was moved
 * @param registry where
 * @param move what the audit log has; where nothing moved, what it would have had
 * @param details further lines for people
 */
public record MoveReport(
        String job, String id, Completion completion, String registry, AliasMove move, List<String> details)
        implements Report {
    public MoveReport {
        details = List.copyOf(details);
    }

    @Override
    public List<Table> tables() {
        return List.of();
    }

    @Override
    public String render() {
        String before = move.from() == AliasMove.NONE ? "no version" : "version " + move.from();
        String line = move.alias() + " of " + move.model() + " in " + registry
                + (move.from() == move.to()
                        ? " is version " + move.to() + " already"
                        : " is version " + move.to() + " now, " + before + " before");
        return String.join("\n", details.isEmpty() ? "" : String.join("\n", details) + "\n", line)
                .strip();
    }
}
