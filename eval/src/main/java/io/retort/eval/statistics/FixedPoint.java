package io.retort.eval.statistics;

/**
 * Numbers as multiples of 2^-20, so that sums are exact and do not depend on their order.
 *
 * <p>The rounding is below 5e-7 a document. A sum reaches up to 2.7e11, and {@link RatioState} refuses to pass it.
 */
public final class FixedPoint {
    /** The value of one step. */
    public static final double UNIT = 0x1p-20;

    private static final double LARGEST = 0x1p38;

    private FixedPoint() {}

    /**
     * The nearest number of steps.
     *
     * @throws IllegalArgumentException if the value is not finite or is beyond 2^38 in size
     */
    public static long of(double value) {
        if (!(Math.abs(value) <= LARGEST)) {
            throw new IllegalArgumentException("expected a number of at most 2^38 in size, found " + value);
        }
        return Math.round(value / UNIT);
    }
}
