package io.retort.jobs.distil;

/**
 * How a training stood after a step.
 *
 * @param step updates done
 * @param series {@code train} or {@code validation}
 * @param loss weighted mean in nats a position
 * @param positionsPerSecond at that time; 0 for a validation
 */
public record CurvePoint(int step, String series, double loss, double positionsPerSecond) {
    public static final String TRAIN = "train";
    public static final String VALIDATION = "validation";
}
