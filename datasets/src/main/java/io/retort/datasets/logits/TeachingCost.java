package io.retort.datasets.logits;

/**
 * What a dataset cost.
 *
 * @param teacherTokens tokens the teacher read, repeated context included
 * @param teacherSeconds time in which it read them, summed over tasks
 * @param requests requests to a server; 0 for a teacher in the process
 */
public record TeachingCost(long teacherTokens, double teacherSeconds, long requests) {
    /** The cost of nothing. */
    public static final TeachingCost NONE = new TeachingCost(0, 0, 0);

    public TeachingCost {
        if (teacherTokens < 0 || !(teacherSeconds >= 0) || requests < 0) {
            throw new IllegalArgumentException("expected costs from 0, found " + teacherTokens + " tokens, "
                    + teacherSeconds + " seconds and " + requests + " requests");
        }
    }

    /** This cost and another. */
    public TeachingCost plus(TeachingCost other) {
        return new TeachingCost(
                teacherTokens + other.teacherTokens, teacherSeconds + other.teacherSeconds, requests + other.requests);
    }
}
