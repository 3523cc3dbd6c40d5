package io.retort.jobs.registry;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What a bundle is in the registry.
 *
 * @param job the job's name
 * @param id the bundle's digest, its first digits
 * @param completion whether anything was done
 * @param registry where
 * @param version the version
 * @param registered whether this run registered it; else the same digest was there
 * @param challengerBefore what the alias pointed at, 0 for nothing
 */
public record PublishReport(
        String job,
        String id,
        Completion completion,
        String registry,
        ModelVersion version,
        boolean registered,
        int challengerBefore)
        implements Report {
    @Override
    public List<Table> tables() {
        return List.of();
    }

    @Override
    public String render() {
        String what = registered ? "registered as " : "the same digest is there already: ";
        String moved = challengerBefore == version.version()
                ? "already"
                : challengerBefore == AliasMove.NONE ? "now" : "now, version " + challengerBefore + " before";
        return what + version.label() + " in " + registry + "\n" + Alias.CHALLENGER + " is version " + version.version()
                + " " + moved;
    }
}
