package io.retort.jobs.sessions;

/**
 * How many tasks run at a time.
 *
 * @param tasks at least 1
 */
public record Parallelism(int tasks) {
    private static final int LEAST = 2;

    public Parallelism {
        if (tasks < 1) {
            throw new IllegalArgumentException("expected at least one task at a time, found " + tasks);
        }
    }

    /** A task a processor of this machine, and never fewer than two. */
    public static Parallelism ofMachine() {
        return new Parallelism(Math.max(LEAST, Runtime.getRuntime().availableProcessors()));
    }
}
