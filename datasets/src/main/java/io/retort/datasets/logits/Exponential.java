package io.retort.datasets.logits;

/**
 * e^x for the x of log-probabilities, within 5e-13 of it and several times faster than {@link Math#exp}, which
 * every token of a vocabulary needs at every position. By a table of 2^(i/256) and the rest's Taylor polynomial (Tang,
 * "Table-Driven Implementation of the Exponential Function in IEEE Floating-Point Arithmetic", 1989).
 */
final class Exponential {
    private static final int STEPS_LOG = 8;
    private static final int STEPS = 1 << STEPS_LOG;
    private static final double STEPS_A_NAT = STEPS / Math.log(2);
    private static final double NATS_A_STEP = Math.log(2) / STEPS;
    /** Beyond it the result is no normal number, or no log-probability has given it. */
    private static final double LARGEST = 700;

    private static final int EXPONENT_BIAS = 1023;
    private static final int SIGNIFICAND_BITS = 52;
    private static final double[] POWERS = new double[STEPS];

    static {
        for (int i = 0; i < STEPS; i++) {
            POWERS[i] = Math.pow(2, (double) i / STEPS);
        }
    }

    private Exponential() {}

    static double of(double x) {
        if (!(Math.abs(x) < LARGEST)) {
            return Math.exp(x);
        }
        int step = (int) (x * STEPS_A_NAT + (x < 0 ? -0.5 : 0.5)); // the nearest
        double rest = x - step * NATS_A_STEP; // at most half a step, 0.0014
        double taylor = 1 + rest * (1 + rest * (1.0 / 2 + rest * (1.0 / 6)));
        long exponent = (step >> STEPS_LOG) + EXPONENT_BIAS;
        return Double.longBitsToDouble(exponent << SIGNIFICAND_BITS) * POWERS[step & STEPS - 1] * taylor;
    }
}
