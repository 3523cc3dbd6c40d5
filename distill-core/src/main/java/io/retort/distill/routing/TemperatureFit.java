package io.retort.distill.routing;

import io.retort.inference.ensembles.Mixture;
import java.io.Serializable;

/**
 * Finds the temperature at which predictions cost least, ln T in a range of [−2 ln 2, 2 ln 2]: a mergeable state, the sum of
 * −ln p(what came) at each temperature of a grid. Sums are in steps of 2⁻²⁰ nats, so they do not depend on their order. Not
 * thread-safe.
 *
 * <p>The cost is convex in 1/T (Guo et al., "On calibration of modern neural networks", 2017, section 4.2); the least is
 * found by the parabola, in ln T, through the best point of the grid and its neighbours.
 */
public final class TemperatureFit implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int STEPS_AN_OCTAVE = 16;
    private static final int OCTAVES = 2;
    private static final int MIDDLE = OCTAVES * STEPS_AN_OCTAVE;
    private static final double UNIT = 0x1p-20;
    /** What is held impossible costs this, so that one prediction cannot hide all others. */
    private static final double MOST_NATS = 64;

    private final long[] costs = new long[2 * MIDDLE + 1];
    private long predictions;

    /**
     * Adds a prediction.
     *
     * @param logProbabilities ln p of everything that may come, at temperature 1
     * @param came the place of what came
     */
    public void add(double[] logProbabilities, int came) {
        for (int k = 0; k < costs.length; k++) {
            double temperature = temperature(k);
            double nats = Mixture.logNormaliser(logProbabilities, temperature) - logProbabilities[came] / temperature;
            costs[k] += Math.round(Math.min(MOST_NATS, nats) / UNIT);
        }
        predictions++;
    }

    /** Adds all predictions of another state. */
    public void merge(TemperatureFit other) {
        for (int k = 0; k < costs.length; k++) {
            costs[k] += other.costs[k];
        }
        predictions += other.predictions;
    }

    /** Returns how many predictions there are. */
    public long predictions() {
        return predictions;
    }

    /** Returns the mean cost in nats at temperature 1; NaN without predictions. */
    public double natsBefore() {
        return costs[MIDDLE] * UNIT / predictions;
    }

    /** Returns the least mean cost in nats of the grid; NaN without predictions. */
    public double natsAfter() {
        return costs[best()] * UNIT / predictions;
    }

    /** Returns the temperature at which the predictions cost least; 1 without predictions. */
    public double temperature() {
        int best = best();
        if (predictions == 0 || best == 0 || best == costs.length - 1) {
            return temperature(predictions == 0 ? MIDDLE : best);
        }
        double left = costs[best - 1] - costs[best];
        double right = costs[best + 1] - costs[best];
        double offset = left + right == 0 ? 0 : (left - right) / (2 * (left + right));
        return temperature(best + offset);
    }

    private int best() {
        int best = MIDDLE;
        for (int k = 0; k < costs.length; k++) {
            best = costs[k] < costs[best] ? k : best;
        }
        return best;
    }

    private static double temperature(double place) {
        return StrictMath.pow(2, (place - MIDDLE) / STEPS_AN_OCTAVE);
    }
}
