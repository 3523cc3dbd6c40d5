package io.retort.distill.students;

import io.retort.distill.students.TrainingListener.Progress;

/** Mean loss and speed since the last report. */
final class LossMeter {

    private double losses;
    private int batches;
    private long positions;
    private double since;
    private double last = Double.NaN;

    /** Starts to count at a time in seconds. */
    void start(double seconds) {
        since = seconds;
    }

    void add(double loss, int seen) {
        losses += loss;
        batches++;
        positions += seen;
    }

    boolean hasNews() {
        return batches > 0;
    }

    Progress report(int step, int expectedSteps, double seconds) {
        last = losses / batches;
        Progress progress = new Progress(step, expectedSteps, last, positions / Math.max(1e-9, seconds - since));
        losses = 0;
        batches = 0;
        positions = 0;
        since = seconds;
        return progress;
    }

    /** The mean loss of the last report, NaN before the first. */
    double lastLoss() {
        return last;
    }
}
