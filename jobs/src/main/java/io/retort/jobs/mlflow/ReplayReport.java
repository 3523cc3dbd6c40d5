package io.retort.jobs.mlflow;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What of the outbox was sent.
 *
 * @param job the command's name
 * @param id the server
 * @param completion whether anything was there to send
 * @param sent runs, the oldest first
 */
public record ReplayReport(String job, String id, Completion completion, List<String> sent) implements Report {
    public ReplayReport {
        sent = List.copyOf(sent);
    }

    @Override
    public List<Table> tables() {
        return List.of();
    }

    @Override
    public String render() {
        return "sent " + sent.size() + " runs that waited to " + id + "; none waits any more";
    }
}
