package io.retort.jobs.reports;

import java.util.ArrayList;
import java.util.List;

/**
 * What a job is going to do.
 *
 * @param job the job's name
 * @param id what it makes, by the digest of what it is made from
 * @param completion whether anything is left to do
 * @param actions a line each, in words
 * @param cost of what is left to do
 */
public record Plan(String job, String id, Completion completion, List<String> actions, Cost cost) {
    public Plan {
        actions = List.copyOf(actions);
    }

    /** A plan with nothing to do since {@code location} is there. */
    public static Plan alreadyDone(String job, String id, String location) {
        return new Plan(job, id, Completion.ALREADY_DONE, List.of("all is there: " + location), Cost.NOTHING);
    }

    /** The plan as lines, the job's name in front. */
    public List<String> render() {
        String indent = " ".repeat(job.length() + 2);
        List<String> lines = new ArrayList<>();
        for (String action : actions) {
            lines.add((lines.isEmpty() ? job + ": " : indent) + action);
        }
        if (completion != Completion.ALREADY_DONE) {
            lines.add(indent + "expected: " + cost.render());
        }
        return List.copyOf(lines);
    }
}
