package io.retort.eval.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to coordinates in a straight line.
 *
 * @param low the value at coordinate {@code from}
 * @param high the value at coordinate {@code to}; above {@code low}
 */
record LinearScale(double low, double high, double from, double to) {
    LinearScale {
        if (!(high > low)) {
            throw new IllegalArgumentException("expected low < high, found " + low + " and " + high);
        }
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** About {@code wanted} round values from low to high: 1, 2 or 5 times a power of ten apart. */
    List<Double> ticks(int wanted) {
        double step = step((high - low) / wanted);
        List<Double> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    /** Digits after the point that tell ticks of this scale apart. */
    int tickDigits(int wanted) {
        return (int) Math.max(0, -Math.floor(Math.log10(step((high - low) / wanted)) + 1e-9));
    }

    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double leading = rough / power;
        if (leading < 1.5) {
            return power;
        }
        if (leading < 3.5) {
            return 2 * power;
        }
        return leading < 7.5 ? 5 * power : 10 * power;
    }
}
