package io.retort.jobs.gates;

import io.retort.datasets.storage.Location;
import io.retort.jobs.Spec;
import io.retort.jobs.workspaces.Workspace;
import java.util.Optional;

/**
 * Which gates to check.
 *
 * @param gates the gate file
 * @param candidate a report's directory or a bundle's
 * @param champion the same of what it is compared with; empty for nothing
 * @param seed of the settings; gates draw nothing of their own
 */
public record GateSpec(Workspace workspace, String gates, String candidate, String champion, long seed)
        implements Spec {
    /** Where the champion is, if there is one. */
    Optional<Location> championPlace() {
        return champion.isEmpty() ? Optional.empty() : Optional.of(Location.of(champion));
    }
}
