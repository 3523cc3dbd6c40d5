package io.retort.jobs.sessions;

/**
 * Into how many slices work is cut for Spark. No result depends on it.
 *
 * @param fixed the number, or 0 for eight a task, so that tasks end at about the same time whatever the slices hold
 */
public record Slices(int fixed) {
    /** Eight slices a task. */
    public static final Slices AUTO = new Slices(0);

    private static final int SLICES_A_TASK = 8;

    public Slices {
        if (fixed < 0) {
            throw new IllegalArgumentException("expected retort.spark.slices of at least 0, found " + fixed);
        }
    }

    /** How many slices so many items are cut into: at least one, and none without an item where there are items. */
    public int of(int items, int parallelism) {
        int wanted = fixed == 0 ? SLICES_A_TASK * parallelism : fixed;
        return Math.max(1, Math.min(items, wanted));
    }
}
