package io.retort.jobs.reports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job is expected to take, estimated before it runs.
 *
 * @param time of the whole job on this machine
 * @param diskBytes written to the workspace
 * @param teacherTokens tokens the teacher has to score
 */
public record Cost(Duration time, long diskBytes, long teacherTokens) {
    public static final Cost NOTHING = new Cost(Duration.ZERO, 0, 0);

    public Cost {
        if (time.isNegative() || diskBytes < 0 || teacherTokens < 0) {
            throw new IllegalArgumentException("expected costs that are not negative, found " + time + ", " + diskBytes
                    + " bytes, " + teacherTokens + " tokens");
        }
    }

    /** One line. */
    public String render() {
        List<String> parts = new ArrayList<>();
        parts.add("about " + Figures.time(time));
        parts.add(Figures.bytes(diskBytes) + " of disk");
        if (teacherTokens > 0) {
            parts.add(Figures.count(teacherTokens) + " teacher tokens");
        }
        return String.join(", ", parts);
    }
}
