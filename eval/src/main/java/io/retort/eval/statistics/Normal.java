package io.retort.eval.statistics;

/** The standard normal distribution. */
final class Normal {
    private Normal() {}

    /** The quantile of a probability inside [1/2, 1): Abramowitz and Stegun, 26.2.23, within 4.5e-4. */
    static double quantile(double probability) {
        double t = Math.sqrt(-2 * Math.log(1 - probability));
        double top = 2.515517 + t * (0.802853 + t * 0.010328);
        double bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
        return t - top / bottom;
    }
}
