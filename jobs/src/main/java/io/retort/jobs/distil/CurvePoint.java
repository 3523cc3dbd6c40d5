package io.retort.jobs.distil;

/**
 * How a training stood after a step.
 *
 * @param step updates done
 * @param series {@code train}, {@code validation} or {@code restart}
 * @param loss weighted mean in nats a position; 0 for a restart
 * @param positionsPerSecond of training at that time; 0 otherwise
 * @param note why a training went back to this step; empty otherwise
 */
public record CurvePoint(int step, String series, double loss, double positionsPerSecond, String note) {
    public static final String TRAIN = "train";
    public static final String VALIDATION = "validation";
    public static final String RESTART = "restart";

    /** A point without a note. */
    CurvePoint(int step, String series, double loss, double positionsPerSecond) {
        this(step, series, loss, positionsPerSecond, "");
    }
}
