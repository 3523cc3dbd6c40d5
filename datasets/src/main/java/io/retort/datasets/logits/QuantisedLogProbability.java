package io.retort.datasets.logits;

/**
 * Log-probabilities in one byte: sixteenths of a nat below zero, saturating at 255/16 = 15.9375 nats. The error is at
 * most 1/32 nat (3.2% of the probability) above the saturation.
 */
public final class QuantisedLogProbability {
    /** The size of a step in nats. */
    public static final double STEP_NATS = 1.0 / 16;
    /** The code of everything at or below −15.9375 nats. */
    public static final int SATURATED = 255;

    private static final double[] PROBABILITIES = new double[SATURATED + 1];

    static {
        for (int code = 0; code <= SATURATED; code++) {
            PROBABILITIES[code] = Math.exp(-code * STEP_NATS);
        }
    }

    private QuantisedLogProbability() {}

    /**
     * The code, 0 to 255, of a log-probability in nats. What float noise has put above zero counts as zero.
     *
     * @throws IllegalArgumentException if it is not a number
     */
    public static int code(double logProbability) {
        if (Double.isNaN(logProbability)) {
            throw new IllegalArgumentException("expected a log-probability, found NaN");
        }
        return (int) Math.max(0, Math.min(SATURATED, Math.rint(-logProbability / STEP_NATS)));
    }

    /** The log-probability in nats that a code stands for. */
    public static double logProbability(int code) {
        return -code * STEP_NATS;
    }

    /** The probability that a code, 0 to 255, stands for. */
    public static double probability(int code) {
        return PROBABILITIES[code];
    }
}
