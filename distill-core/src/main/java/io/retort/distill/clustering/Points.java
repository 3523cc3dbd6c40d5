package io.retort.distill.clustering;

/** Arithmetic on points. */
final class Points {
    /** Coordinates are summed as multiples of 1 / STEPS, so that sums are exact in any order. */
    private static final double STEPS = 0x1p24;

    private Points() {}

    /** The point at length 1, in place; the origin stays. */
    static double[] unit(double[] point) {
        double length = Math.sqrt(dot(point, point));
        if (length > 0) {
            for (int d = 0; d < point.length; d++) {
                point[d] /= length;
            }
        }
        return point;
    }

    static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int d = 0; d < left.length; d++) {
            sum += left[d] * right[d];
        }
        return sum;
    }

    /** A coordinate of at most about 1 in size in steps. */
    static long steps(double coordinate) {
        return Math.round(coordinate * STEPS);
    }

    static double coordinate(long steps) {
        return steps / STEPS;
    }

    /** The direction of a sum of points in steps. */
    static double[] direction(long[] sums) {
        double[] direction = new double[sums.length];
        for (int d = 0; d < sums.length; d++) {
            direction[d] = coordinate(sums[d]);
        }
        return unit(direction);
    }
}
