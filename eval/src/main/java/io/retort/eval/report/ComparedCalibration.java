package io.retort.eval.report;

import java.util.List;
import java.util.Optional;

/**
 * How well two runs' ensembles know what they know.
 *
 * @param what is predicted: next symbols, or answers
 */
public record ComparedCalibration(String what, Optional<Curve> champion, Optional<Curve> challenger) {
    /**
     * One run's calibration.
     *
     * @param error with its bounds; NaN where undefined
     * @param points mean probability and share that came true, by bin
     */
    public record Curve(double error, double lower, double upper, List<Point> points) {
        public Curve {
            points = List.copyOf(points);
        }
    }

    /** A bin. */
    public record Point(double confidence, double right) {}
}
