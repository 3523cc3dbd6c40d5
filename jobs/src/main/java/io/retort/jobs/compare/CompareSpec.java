package io.retort.jobs.compare;

import io.retort.jobs.Spec;
import io.retort.jobs.workspaces.Workspace;

/**
 * What to compare.
 *
 * @param champion a report's directory or a bundle's: the one to beat
 * @param challenger the same of the one that may replace it
 * @param seed of the settings; a comparison draws nothing of its own
 */
public record CompareSpec(Workspace workspace, String champion, String challenger, long seed) implements Spec {}
