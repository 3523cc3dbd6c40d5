package io.retort.inference.routing;

/**
 * What was fitted to a router and its experts on documents that neither was trained on.
 *
 * @param temperature T by which the experts' mixed prediction p of an answer's next symbol is flattened: p^(1/T),
 *     normalised; 1 leaves it as it is (Guo et al., "On calibration of modern neural networks", 2017, section 4.2)
 * @param unknownThreshold the {@linkplain Novelty#score score} beyond which a prompt counts as of no known domain;
 *     positive infinity where none was fitted
 * @param falsePositiveRate the share of prompts of known domains that score beyond it; 0 where none was fitted
 */
public record Calibration(double temperature, double unknownThreshold, double falsePositiveRate) {
    /** Leaves probabilities as they are and finds no prompt unknown: what a router has that says nothing else. */
    public static final Calibration NONE = new Calibration(1, Double.POSITIVE_INFINITY, 0);

    /** The bounds of a temperature. */
    public static final double LEAST_TEMPERATURE = 0.1;
    /** The bounds of a temperature. */
    public static final double MOST_TEMPERATURE = 10;

    public Calibration {
        if (!(temperature >= LEAST_TEMPERATURE && temperature <= MOST_TEMPERATURE)) {
            throw new IllegalArgumentException("expected a temperature of " + LEAST_TEMPERATURE + " to "
                    + MOST_TEMPERATURE + ", found " + temperature);
        }
        boolean none = unknownThreshold == Double.POSITIVE_INFINITY && falsePositiveRate == 0;
        boolean fitted =
                Math.abs(unknownThreshold) <= Double.MAX_VALUE && falsePositiveRate > 0 && falsePositiveRate < 1;
        if (!none && !fitted) {
            throw new IllegalArgumentException("expected a finite threshold with a false-positive rate inside (0, 1),"
                    + " found " + unknownThreshold + " and " + falsePositiveRate);
        }
    }

    /** Returns whether a threshold was fitted. */
    public boolean tellsUnknown() {
        return falsePositiveRate > 0;
    }

    /** Returns the same with another temperature. */
    public Calibration withTemperature(double other) {
        return new Calibration(other, unknownThreshold, falsePositiveRate);
    }
}
